using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

/// <summary>Styles and scripts are beside the component they belong to, and match it.</summary>
internal static partial class ArchitectureRules
{
    /// <summary>
    /// Blazor adds the component's attribute to the last part of a selector, or to the part before <c>::deep</c>: that part must be an element
    /// of the component's own markup, or the rule matches nothing.
    /// </summary>
    public static IEnumerable<string> ScopedStylesMatchTheirMarkup(string path, string text, string? markup)
    {
        if (!path.EndsWith(".razor.css", StringComparison.Ordinal)) return [];
        if (markup is null) return [$"{path} has no component beside it."];
        var code = Code(markup);
        return from selector in Selectors(text)
               let own = selector.Split("::deep")[0].TrimEnd(' ', '>', '+', '~')
               let part = LastPart().Match(InBrackets().Replace(own, "")).Value
               let named = NamedElement().Match(part)
               where (named.Groups["element"] is { Success: true } element && !Regex.IsMatch(code, $@"<{element.Value}\b"))
                   || (named.Groups["class"] is { Success: true } given && !Regex.IsMatch(code, $@"(?<![\w.-]){given.Value}(?![\w-])"))
               select $"{path}: {selector} matches nothing, because {part} is not in the component's markup; put what a child renders below ::deep.";
    }

    /// <summary>Rows that many pages hold open get no scope: it would add an attribute to each of their elements, in memory and in every update.</summary>
    public static IEnumerable<string> LiveRowsHaveNoScope(string path, string text) =>
        LiveRows.Contains(Path.GetFileName(path)) ? [$"{path}: style the row from its page by ::deep."] : [];

    /// <summary>The address of a script beside a component is that of the component's own file, and the file exists.</summary>
    public static IEnumerable<string> ScriptsAreBesideTheirComponent(string path, string text, Func<string, bool> exists) =>
        from Match named in ScriptAddress().Matches(Code(text))
        let script = "LogisticsAdmin/" + named.Groups["script"].Value
        let isOwn = script == path + ".js" || path.EndsWith("/Shared/Ui/DialogForm.cs", StringComparison.Ordinal)
        where !isOwn || !exists(script)
        select $"{path} loads {script}, which is not the script beside it.";

    public static IEnumerable<string> PagesLinkNoStylesheet(string path, string text) =>
        path.EndsWith(".razor", StringComparison.Ordinal) && path != "LogisticsAdmin/Components/App.razor"
        && Code(text).Contains("rel=\"stylesheet\"", StringComparison.Ordinal)
            ? [$"{path} links a stylesheet: styles of a component are in the .razor.css beside it, and App.razor links the bundle."]
            : [];

    private static readonly string[] LiveRows = ["TicketRows.razor.css", "BoardCard.razor.css"];

    private static IEnumerable<string> Selectors(string css) =>
        from Match rule in StyleRule().Matches(NoSelectors().Replace(css, ""))
        from selector in BetweenSelectors().Split(rule.Groups["selectors"].Value)
        select selector.Trim();

    [GeneratedRegex(@"/\*.*?\*/|@keyframes[^{]*\{([^{}]*\{[^{}]*\})*[^{}]*\}|@page[^{]*\{[^{}]*\}|@media[^{]*\{", RegexOptions.Singleline)]
    private static partial Regex NoSelectors();

    [GeneratedRegex(@"Assets\[""(?<script>[^""]+\.razor\.js)""\]")]
    private static partial Regex ScriptAddress();

    [GeneratedRegex(@"(?<selectors>[^{}]+)\{[^{}]*\}")]
    private static partial Regex StyleRule();

    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex BetweenSelectors();

    /// <summary>Attributes, and everything in round brackets.</summary>
    [GeneratedRegex(@"\[[^\]]*\]|\((?>[^()]+|(?<open>\()|(?<-open>\)))*(?(open)(?!))\)")]
    private static partial Regex InBrackets();

    [GeneratedRegex(@"[^\s>+~]*$")]
    private static partial Regex LastPart();

    /// <summary>The element and the first class; further classes are states, often computed.</summary>
    [GeneratedRegex(@"^(?<element>[a-z][a-z0-9]*)?[^.:]*(\.(?<class>[\w-]+))?")]
    private static partial Regex NamedElement();
}
