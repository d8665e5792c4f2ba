using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// Turns what was written into HTML that a reader's browser may show: no script, no style, no frame, pictures only from this app, links only
/// to web pages, mail, telephone and pages of the app. Raw HTML in the text is shown as text.
/// </summary>
public static class NewsHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras().UseTaskLists().UseSoftlineBreakAsHardlineBreak().Build();

    private static readonly string[] Tags =
    [
        "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "ins", "sub", "sup", "mark", "blockquote", "code", "pre", "ul", "ol", "li",
        "a", "img", "table", "thead", "tbody", "tr", "th", "td", "div", "input",
    ];

    private static readonly HashSet<string> Directed = ["p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th"];

    /// <summary>The addresses of pictures within the app: photos/{key}.</summary>
    public const string Pictures = "photos/";

    /// <summary>Safe HTML of the Markdown; empty for empty. What is nested too deeply to be read is one paragraph of plain text.</summary>
    public static string Render(string markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        if (Parse(markdown) is not { } document) return $"<p dir=\"auto\">{WebUtility.HtmlEncode(markdown)}</p>";
        // One title of first rank stands above the text.
        foreach (var heading in document.Descendants<HeadingBlock>().Where(h => h.Level == 1)) heading.Level = 2;
        return Sanitizer().Sanitize(document.ToHtml(Pipeline));
    }

    /// <summary>
    /// The same HTML for a place outside the app's pages: links within the app begin with <paramref name="address"/>, which ends with a slash or is
    /// empty, and pictures are those at <paramref name="pictures"/>.
    /// </summary>
    public static string Elsewhere(string html, string address, string pictures)
    {
        if (html.Length == 0) return "";
        var document = new HtmlParser().ParseDocument($"<body>{html}</body>");
        foreach (var picture in document.QuerySelectorAll("img[src]"))
            picture.SetAttribute("src", pictures + picture.GetAttribute("src")![Pictures.Length..]);
        foreach (var link in document.QuerySelectorAll("a[href]"))
            if (!Uri.TryCreate(link.GetAttribute("href"), UriKind.Absolute, out _)) link.SetAttribute("href", address + link.GetAttribute("href"));
        return document.Body!.InnerHtml;
    }

    /// <summary>Whether quotations, lists or emphasis stand in each other more than a hundred times.</summary>
    public static bool IsNestedTooDeeply(string markdown) => Parse(markdown) is null;

    /// <summary>The most cells of one row of a table.</summary>
    public static int WidestTable(string markdown) =>
        Parse(markdown)?.Descendants<TableRow>().Select(row => row.Count).DefaultIfEmpty().Max() ?? 0;

    /// <summary>The text without any markup, for summaries and mails.</summary>
    public static string PlainText(string markdown)
    {
        try
        {
            return Markdown.ToPlainText(markdown, Pipeline).Trim();
        }
        catch (ArgumentException)
        {
            return markdown.Trim();
        }
    }

    // The library refuses by an exception what is nested in more than 128 levels.
    private static MarkdownDocument? Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // One for each text: the library's events and lists are not made for several threads.
    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(
                ["href", "src", "alt", "title", "start", "type", "checked", "disabled"], StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto", "tel"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href", "src"], StringComparer.OrdinalIgnoreCase),
        });
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is IElement element) Finish(element);
        };
        return sanitizer;
    }

    private static void Finish(IElement element)
    {
        switch (element)
        {
            case IHtmlImageElement picture:
                if (PictureOf(picture.GetAttribute("src")) is not { } source)
                {
                    picture.Replace(picture.Owner!.CreateTextNode(picture.GetAttribute("alt") ?? ""));
                    return;
                }
                picture.SetAttribute("src", source);
                picture.SetAttribute("loading", "lazy");
                break;
            case IHtmlAnchorElement link:
                Finish(link);
                break;
            case IHtmlInputElement box:
                // Task lists: a tick that nobody can press, and nothing else.
                if (box.GetAttribute("type") != "checkbox") box.Remove();
                else box.SetAttribute("disabled", "");
                break;
            case IHtmlTableElement table when table.ParentElement is not { ClassName: "table" }:
                var scroll = table.Owner!.CreateElement("div");
                scroll.SetAttribute("class", "table");
                scroll.SetAttribute("tabindex", "0");
                scroll.SetAttribute("role", "group");
                table.Replace(scroll);
                scroll.AppendChild(table);
                break;
            default:
                // Each paragraph runs in the direction of its own script.
                if (Directed.Contains(element.LocalName)) element.SetAttribute("dir", "auto");
                break;
        }
    }

    private static void Finish(IHtmlAnchorElement link)
    {
        var address = link.GetAttribute("href")?.Trim();
        if (string.IsNullOrEmpty(address) || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            link.RemoveAttribute("href");
        }
        else if (Uri.TryCreate(address, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https" or "mailto" or "tel")
        {
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            if (absolute.Scheme is "http" or "https") link.SetAttribute("target", "_blank");
        }
        // Addresses within the app are relative to its base; //host and \host would leave it.
        else if (IsWithinTheApp(address))
        {
            var path = address.TrimStart('/');
            link.SetAttribute("href", path.Length == 0 ? "." : path);
        }
        else
        {
            link.RemoveAttribute("href");
        }
    }

    private static bool IsWithinTheApp(string address) =>
        address[0] is not ('#' or '?') && !address.Contains('\\') && !address.Contains(':') && !address.StartsWith("//", StringComparison.Ordinal);

    private static string? PictureOf(string? source)
    {
        var path = source?.Trim().TrimStart('/') ?? "";
        return source is not null && !source.StartsWith("//", StringComparison.Ordinal) && path.StartsWith(Pictures, StringComparison.Ordinal)
            && Guid.TryParse(path[Pictures.Length..], out var key)
                ? $"{Pictures}{key:N}" : null;
    }
}
