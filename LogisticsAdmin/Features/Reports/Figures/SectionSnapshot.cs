using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>A section of a period, live or of a closed month: answers every figure, table and list from the same rows.</summary>
/// <param name="layout">What the section says of itself.</param>
/// <param name="facts">Its rows.</param>
/// <param name="values">The values of a closed month as they were stored; null to compute them.</param>
public sealed class SectionSnapshot(SectionLayout layout, SectionFacts facts, IReadOnlyDictionary<string, FigureValue>? values = null)
{
    private IReadOnlyDictionary<string, FigureValue>? _values = values;

    public SectionLayout Layout => layout;
    public SectionFacts Facts => facts;

    /// <summary>The value of a figure over all rows.</summary>
    public FigureValue Value(string figure) => Values[figure];

    /// <summary>The values of all figures over all rows.</summary>
    public IReadOnlyDictionary<string, FigureValue> Values =>
        _values ??= FigureCalculator.Compute(layout, layout.Figures, facts.Rows).ToDictionary(v => v.Code);

    public FigureValue Value(string figure, FactFilter filter) =>
        filter.IsEmpty ? Value(figure) : FigureCalculator.Compute(layout, layout.Figure(figure), facts.Rows.Where(filter.For(layout)));

    /// <summary>
    /// The lines of a table, without those in which nothing counts: by their keys for hours, weekdays and the like, else the highest first
    /// figure first.
    /// </summary>
    public IReadOnlyList<TableLine> Lines(ReportTableLayout table, FactFilter? filter = null)
    {
        var dimension = layout.PlaceOfDimension(table.Dimension);
        var figures = table.Figures.Select(layout.Figure).ToList();
        var places = figures.Select(f => layout.PlaceOf(f.Code)).ToList();
        var rows = filter is null ? facts.Rows : facts.Rows.Where(filter.For(layout));
        var names = facts.Names.GetValueOrDefault(table.Dimension);
        var lines = rows.Where(r => places.Exists(p => r.IsCounted(p) || r.IsInBase(p))).GroupBy(r => r.Keys[dimension])
            .Select(g => new TableLine(g.Key, g.Key is { } key ? names?.GetValueOrDefault(key) : null,
                FigureCalculator.Compute(layout, figures, g)))
            .Where(l => l.Key is not null || table.Top is null);
        var ordered = IsOrdered(table.Dimension)
            ? lines.OrderBy(l => l.Key)
            : lines.OrderBy(l => l.Key is null).ThenByDescending(l => l.Values[0].Value).ThenBy(l => l.Key);
        return [.. table.Top is { } top ? ordered.Where(l => l.Values[0].Counted > 0).Take(top) : ordered];
    }

    /// <summary>The rows behind a figure. Their number is the figure's, always.</summary>
    public IEnumerable<FactRow> Rows(string figure, FigurePart part, FactFilter? filter = null)
    {
        var place = layout.PlaceOf(figure);
        var rows = filter is null ? facts.Rows : facts.Rows.Where(filter.For(layout));
        return part switch
        {
            FigurePart.Counted => rows.Where(r => r.IsCounted(place)),
            FigurePart.Base => rows.Where(r => r.IsInBase(place)),
            _ => rows.Where(r => r.IsInBase(place) && !r.IsCounted(place)),
        };
    }

    private static bool IsOrdered(string dimension) => dimension is "hour" or "weekday";
}
