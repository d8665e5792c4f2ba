using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>What every section must say of itself, so that pages, documents and closed months can rely on it.</summary>
public sealed class FigureDefinitionTests
{
    private static async Task ForEachSectionAsync(Action<IReportSection> check)
    {
        await using var host = await TestHost.OpenAsync();
        var sections = host.AsSystem().Get<IEnumerable<IReportSection>>().ToList();
        Assert.Equal(sections.Count, sections.Select(s => s.Code).Distinct().Count());
        Assert.All(sections, check);
    }

    [Fact]
    public Task Codes_are_unique_and_begin_with_their_section() => ForEachSectionAsync(section =>
    {
        Assert.InRange(section.Figures.Count, 1, 128);
        Assert.Equal(section.Figures.Count, section.Figures.Select(f => f.Code).Distinct().Count());
        Assert.All(section.Figures, f => Assert.StartsWith($"{section.Code}.", f.Code, StringComparison.Ordinal));
        Assert.All(section.Figures, f => Assert.True(f.Version >= 1));
        foreach (var codes in new[]
        {
            section.Dimensions.Select(d => d.Code), section.Times.Select(t => t.Code), section.Measures.Select(m => m.Code),
            section.Tables.Select(t => t.Code), section.Trends.Select(t => t.Code),
        })
        {
            Assert.Equal(codes.Count(), codes.Distinct().Count());
        }
        // A list behind a figure is sorted by a moment or a measure, whichever has the code.
        Assert.Empty(section.Times.Select(t => t.Code).Intersect(section.Measures.Select(m => m.Code)));
    });

    [Fact]
    public Task Everything_has_words_in_both_languages() => ForEachSectionAsync(section =>
    {
        LocalName?[] words =
        [
            section.Title, .. section.Figures.SelectMany(f => new[] { f.Words.Name, f.Words.Counted, f.Words.Date }),
            .. section.Figures.Where(f => f.Form == FigureForm.Share).Select(f => f.Words.Base), .. section.Dimensions.Select(d => d.Name),
            .. section.Times.Select(t => t.Name), .. section.Measures.Select(m => m.Name), .. section.Tables.Select(t => t.Caption),
            .. section.Trends.Select(t => t.Caption), .. section.Balances.Select(b => b.Caption),
        ];
        Assert.All(words, w => Assert.True(w is { Zh.Length: > 0, En.Length: > 0 }));
        Assert.All(section.Figures.Where(f => f.Form != FigureForm.Share), f => Assert.Null(f.Words.Base));
    });

    [Fact]
    public Task What_is_referred_to_exists_and_units_fit() => ForEachSectionAsync(section =>
    {
        var figures = section.Figures.ToDictionary(f => f.Code);
        foreach (var figure in section.Figures)
        {
            var isCounted = figure.Form is FigureForm.Count or FigureForm.Share;
            Assert.Equal(isCounted, figure.Measure is null);
            Assert.Equal(figure.Form == FigureForm.Ratio, section.Measures.Any(m => m.Code == figure.Divisor));
            if (isCounted) Assert.Equal(figure.Form == FigureForm.Share ? FigureUnit.Percent : FigureUnit.Pieces, figure.Unit);
            else if (figure.Form == FigureForm.Ratio) Assert.Contains(figure.Measure, section.Measures.Select(m => m.Code));
            else Assert.Equal(section.Measures.Single(m => m.Code == figure.Measure).Unit, figure.Unit);
        }
        foreach (var table in section.Tables)
        {
            Assert.Contains(section.Dimensions, d => d.Code == table.Dimension);
            Assert.All(table.Figures, f => Assert.True(figures.ContainsKey(f), f));
            Assert.True(table.Top is null || figures[table.Figures[0]].Form is FigureForm.Count or FigureForm.Sum, $"{table.Code} is sorted by a share.");
        }
        Assert.All(section.KeyFigures, f => Assert.True(figures.ContainsKey(f), f));
        foreach (var trend in section.Trends)
        {
            Assert.Single(trend.Columns.Concat(trend.Lines).Select(f => figures[f].Unit).Distinct());
        }
        foreach (var balance in section.Balances)
        {
            Assert.All([balance.Opening, .. balance.Plus, .. balance.Minus, balance.Closing], f => Assert.Equal(FigureForm.Count, figures[f].Form));
        }
    });
}
