using System.Text.RegularExpressions;
using System.Xml.Linq;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>The README's table of words: what it lists under "never" is in no resource file.</summary>
public sealed partial class GlossaryTests
{
    [Fact]
    public void A_word_that_the_glossary_forbids_is_in_no_resource_file()
    {
        var never = Never(File.ReadAllText(Path.Combine(SourceTree.Top, "README.md")));
        var wrong = from file in SourceTree.App(".resx")
                    from word in Forbidden(file.Value, never)
                    select $"{file.Key}: {word}";
        Assert.True(never.Count > 20);
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_forbidden_word_would_be_found()
    {
        const string glossary = "| working for somebody | 代班 | stand-in | `替班`, `deputy` |\n| *other* | 修改 | edit | `编辑` |";
        const string planted = """
            <root>
              <data name="A"><value>替班人：{0}</value></data>
              <data name="B"><value>The Deputy</value></data>
              <data name="C"><value>Deputyship, 代班</value></data>
            </root>
            """;
        Assert.Equal(["替班", "deputy", "编辑"], Never(glossary));
        Assert.Equal(["A: 替班", "B: deputy"], Forbidden(planted, Never(glossary)));
    }

    private static List<string> Never(string readme) =>
        [.. from Match row in Row().Matches(readme)
            from Match word in Quoted().Matches(row.Groups["never"].Value)
            select word.Groups["word"].Value];

    /// <summary>Chinese words anywhere, English ones as whole words.</summary>
    private static IEnumerable<string> Forbidden(string resx, IReadOnlyList<string> never) =>
        from data in XDocument.Parse(resx).Root!.Elements("data")
        from word in never
        let edge = char.IsAsciiLetter(word[0]) ? @"\b" : ""
        where Regex.IsMatch(data.Element("value")!.Value, edge + Regex.Escape(word) + edge, RegexOptions.IgnoreCase)
        select $"{data.Attribute("name")!.Value}: {word}";

    /// <summary>A row of four columns with a Chinese word in the second.</summary>
    [GeneratedRegex(@"^\|[^|\n]+\|[^|\n]*\p{IsCJKUnifiedIdeographs}[^|\n]*\|[^|\n]+\|(?<never>[^|\n]*`[^|\n]*)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<word>[^`]+)`")]
    private static partial Regex Quoted();
}
