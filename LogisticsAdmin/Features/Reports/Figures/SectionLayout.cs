using System.Text.Json.Serialization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>Everything that a section says of itself. Stored with a closed month, so that it is read as it was closed.</summary>
public sealed record SectionLayout(
    string Code,
    LocalName Title,
    IReadOnlyList<FigureDefinition> Figures,
    IReadOnlyList<ReportDimension> Dimensions,
    IReadOnlyList<ReportTime> Times,
    IReadOnlyList<ReportMeasure> Measures,
    IReadOnlyList<ReportTableLayout> Tables,
    IReadOnlyList<string> KeyFigures,
    IReadOnlyList<ReportTrend> Trends,
    IReadOnlyList<ReportBalance> Balances)
{
    private Dictionary<string, int>? _places;

    public static SectionLayout Of(IReportSection section) => new(section.Code, section.Title, section.Figures, section.Dimensions, section.Times,
        section.Measures, section.Tables, section.KeyFigures, section.Trends, section.Balances);

    /// <summary>The figures that reports show.</summary>
    [JsonIgnore]
    public IEnumerable<FigureDefinition> Reported => Figures.Where(f => f is { IsOfNow: false, IsOfLines: false });

    public FigureDefinition? Find(string code) => PlaceOf(code) is >= 0 and var place ? Figures[place] : null;

    public FigureDefinition Figure(string code) => Find(code) ?? throw new ArgumentException($"The section {Code} has no figure {code}.", nameof(code));

    public int PlaceOf(string figure) =>
        (_places ??= Figures.Index().ToDictionary(f => f.Item.Code, f => f.Index)).TryGetValue(figure, out var place) ? place : -1;

    public int PlaceOfDimension(string code) => IndexOf(Dimensions, d => d.Code == code);

    public int PlaceOfMeasure(string code) => IndexOf(Measures, m => m.Code == code);

    private static int IndexOf<T>(IReadOnlyList<T> items, Func<T, bool> isIt)
    {
        for (var i = 0; i < items.Count; i++)
            if (isIt(items[i])) return i;
        return -1;
    }
}
