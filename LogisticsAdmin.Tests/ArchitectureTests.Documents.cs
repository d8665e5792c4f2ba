using Xunit;

namespace LogisticsAdmin.Tests;

public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("LogisticsAdmin/Documents/Layout/X.cs", "using PdfSharp.Drawing;")]
    [InlineData("LogisticsAdmin/Documents/QuestPdf/X.cs", "using PdfSharp.Drawing;")]
    [InlineData("LogisticsAdmin/Documents/PdfSharp/X.cs", "using QuestPDF.Fluent;")]
    [InlineData("LogisticsAdmin/Documents/Charts/ChartSvg.cs", "QuestPDF.Settings.License")]
    [InlineData("LogisticsAdmin/Features/Repairs/Slips/SlipDocument.cs", "new PdfSharpEngine()")]
    public void Pdf_engines_stay_in_their_folders(string path, string planted)
    {
        Holds(ArchitectureRules.PdfEnginesStayInTheirFolders);
        Finds(ArchitectureRules.PdfEnginesStayInTheirFolders, path, planted);
    }

    [Fact]
    public void The_engine_that_is_not_compiled_here_stays_under_250_lines()
    {
        Assert.Empty(ArchitectureRules.TheSecondEngineIsSmall(Sources));
        var long250 = new Dictionary<string, string> { ["LogisticsAdmin/Documents/QuestPdf/X.cs"] = new string('\n', 250) + "x" };
        Assert.NotEmpty(ArchitectureRules.TheSecondEngineIsSmall(long250));
        Assert.NotEmpty(ArchitectureRules.TheSecondEngineIsSmall(new Dictionary<string, string>()));
    }
}
