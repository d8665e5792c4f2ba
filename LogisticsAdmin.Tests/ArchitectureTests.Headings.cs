using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("@if (_view is { } view)\n{\n    <h1>@view.Name</h1>\n}")]
    [InlineData("@if (_isMissing)\n{\n    <h1>x</h1>\n}\nelse\n{\n    <h1>@_name</h1>\n}")]
    [InlineData("<h1>@T[\"Title\"]</h1>\n@if (_isMissing)\n{\n    <h1>x</h1>\n}")]
    [InlineData("<p>x</p>")]
    public void Headings_of_interactive_pages_are_there_at_once(string planted)
    {
        HashSet<string> none = [];
        var parts = Sources.Where(s => s.Key.EndsWith(".razor", StringComparison.Ordinal) && !s.Value.Contains("@page ", StringComparison.Ordinal))
            .Where(s => ArchitectureRules.HasHeadingAtOnce(s.Value, none)).Select(s => Path.GetFileNameWithoutExtension(s.Key)).ToHashSet();

        Assert.Contains("NewsSettingsHead", parts);
        Holds((path, text) => ArchitectureRules.HeadingsAreThereAtOnce(path, text + ImportsFor(path), parts));
        Finds((path, text) => ArchitectureRules.HeadingsAreThereAtOnce(path, text, parts), "LogisticsAdmin/Features/Fees/Pages/Rates.razor",
            $"@page \"/fees\"\n{planted}\n@code {{\n}}");
        Assert.Empty(ArchitectureRules.HeadingsAreThereAtOnce("LogisticsAdmin/Features/Fees/Pages/Rates.razor",
            "@page \"/fees\"\n<h1>@Heading</h1>\n@if (_view is { } view)\n{\n    <p>x</p>\n}\n@code {\n}", parts));
    }
}
