using AngleSharp.Html.Parser;
using LogisticsAdmin.Features.News.Reading;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>What becomes of written text before any reader's browser sees it.</summary>
public sealed class NewsHtmlTests
{
    private static readonly HashSet<string> Elements =
    [
        "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "ins", "sub", "sup", "mark", "blockquote", "code", "pre", "ul", "ol", "li",
        "a", "img", "table", "thead", "tbody", "tr", "th", "td", "div", "input",
    ];

    private static readonly HashSet<string> Attributes =
        ["href", "src", "alt", "title", "start", "type", "checked", "disabled", "rel", "target", "loading", "class", "tabindex", "role", "dir"];

    [Fact]
    public void Of_every_known_attack_only_harmless_elements_attributes_and_addresses_remain()
    {
        Assert.True(HostilePayloads.Lines.Count + HostilePayloads.Blocks.Count + HostilePayloads.Names.Count >= 200);
        List<string> wrong = [];
        foreach (var payload in HostilePayloads.Lines.Concat(HostilePayloads.Blocks).Concat(HostilePayloads.Names))
        {
            var html = NewsHtml.Render(payload);
            wrong.AddRange(ProblemsOf(html).Select(problem => $"{payload} → {html}: {problem}"));
            // The same holds after the second reading that feeds and public pages make of it.
            wrong.AddRange(ProblemsOf(NewsHtml.Elsewhere(html, "", "photos/")).Select(problem => $"{payload}, elsewhere: {problem}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("# 标题", "<h2 dir=\"auto\">标题</h2>")]
    [InlineData("**停水** ~~旧~~ ==新==", "<p dir=\"auto\"><strong>停水</strong> <del>旧</del> <mark>新</mark></p>")]
    [InlineData("一\n二", "<p dir=\"auto\">一<br>\n二</p>")]
    [InlineData("[报修](my/repairs/new)", "<p dir=\"auto\"><a href=\"my/repairs/new\">报修</a></p>")]
    [InlineData("[报修](/my/repairs/new)", "<p dir=\"auto\"><a href=\"my/repairs/new\">报修</a></p>")]
    [InlineData("[电话](tel:12345)", "<p dir=\"auto\"><a href=\"tel:12345\" rel=\"noopener noreferrer nofollow\">电话</a></p>")]
    [InlineData("<b>x</b>", "<p dir=\"auto\">&lt;b&gt;x&lt;/b&gt;</p>")]
    [InlineData("![图](photos/0123456789ABCDEF0123456789abcdef)",
        "<p dir=\"auto\"><img src=\"photos/0123456789abcdef0123456789abcdef\" alt=\"图\" loading=\"lazy\"></p>")]
    [InlineData("![图](https://evil.test/a.png)", "<p dir=\"auto\">图</p>")]
    public void Markdown_becomes(string markdown, string html) => Assert.Equal(html, NewsHtml.Render(markdown).Trim());

    [Fact]
    public void A_table_scrolls_by_itself_and_can_be_reached_by_keyboard()
    {
        var html = NewsHtml.Render("| a | b |\n| --- | --- |\n| 1 | 2 |");
        var scroll = new HtmlParser().ParseDocument(html).QuerySelector("div.table[tabindex='0'][role=group] > table");
        Assert.NotNull(scroll);
        Assert.Equal(["a", "b"], scroll.QuerySelectorAll("th").Select(c => c.TextContent));
    }

    [Fact]
    public void In_feeds_links_and_pictures_have_whole_addresses()
    {
        var html = NewsHtml.Render("[a](my/news) [b](https://example.org/) ![c](photos/0123456789abcdef0123456789abcdef)");
        var moved = NewsHtml.Elsewhere(html, "https://u.example/app/", "https://u.example/app/public/news/TZ1/photos/");
        var page = new HtmlParser().ParseDocument(moved);
        Assert.Equal(["https://u.example/app/my/news", "https://example.org/"], page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal("https://u.example/app/public/news/TZ1/photos/0123456789abcdef0123456789abcdef", page.QuerySelector("img")!.GetAttribute("src"));
    }

    private static IEnumerable<string> ProblemsOf(string html)
    {
        foreach (var element in new HtmlParser().ParseDocument($"<body>{html}</body>").Body!.QuerySelectorAll("*"))
        {
            if (!Elements.Contains(element.LocalName)) yield return $"element {element.LocalName}";
            foreach (var attribute in element.Attributes)
                if (!Attributes.Contains(attribute.Name)) yield return $"attribute {attribute.Name}";
            if (element.GetAttribute("src") is { } src && !src.StartsWith("photos/", StringComparison.Ordinal)) yield return $"picture {src}";
            if (element.GetAttribute("href") is { } href && !IsHarmless(href)) yield return $"link {href}";
        }
    }

    private static bool IsHarmless(string href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var absolute) && !href.StartsWith('/')
            ? absolute.Scheme is "http" or "https" or "mailto" or "tel"
            : !href.Contains(':') && !href.Contains('\\') && !href.StartsWith('/') && !href.Any(char.IsControl);
}
