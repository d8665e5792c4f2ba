using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("Features/Fees/FeesSetup.cs", "long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;")]
    [InlineData("Features/Fees/FeesSetup.cs", "if (!Int64.TryParse(typed, out var id)) return;")]
    [InlineData("Features/Fees/FeesSetup.cs", "long.TryParse(a, out var id) && long.TryParse(b, NumberStyles.AllowLeadingSign, null, out var fen)")]
    [InlineData("Features/Fees/Pages/Rates.razor", "=> long.TryParse((string?)e.Value, CultureInfo.InvariantCulture, out var id) ? id : null;")]
    public void Ids_that_somebody_typed_are_read_in_one_place(string path, string planted)
    {
        Holds(ArchitectureRules.IdsAreParsedInOnePlace);
        Finds(ArchitectureRules.IdsAreParsedInOnePlace, $"LogisticsAdmin/{path}", planted);
        Assert.Empty(ArchitectureRules.IdsAreParsedInOnePlace(
            $"LogisticsAdmin/{path}", "long.TryParse(stored, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fen) ? fen : 0;"));
    }
}
