using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>The one place where figures become values: pages, documents, the dashboard and targets all ask it.</summary>
public static class FigureCalculator
{
    private const int Decimals = 4;

    public static FigureValue Compute(SectionLayout layout, FigureDefinition figure, IEnumerable<FactRow> rows)
    {
        var place = layout.PlaceOf(figure.Code);
        var measure = figure.Measure is { } code ? layout.PlaceOfMeasure(code) : -1;
        var (counted, based) = (0, 0);
        List<long> measured = [];
        foreach (var row in rows)
        {
            if (row.IsInBase(place)) based++;
            if (!row.IsCounted(place)) continue;
            counted++;
            if (measure >= 0 && row.Measures[measure] is { } value) measured.Add(value);
        }
        return new FigureValue(figure.Code, ValueOf(figure, counted, based, measured), counted, based);
    }

    private static decimal? ValueOf(FigureDefinition figure, int counted, int based, List<long> measured)
    {
        var parts = PartsOf(figure.Unit);
        return figure.Form switch
        {
            FigureForm.Count => counted,
            FigureForm.Share => based == 0 ? null : Rounded(counted, based),
            FigureForm.Sum => Rounded(Sum(measured), parts),
            FigureForm.Mean => measured.Count == 0 ? null : Rounded(Sum(measured), (decimal)parts * measured.Count),
            FigureForm.Median => measured.Count == 0 ? null : Rounded(Median(measured), parts),
            FigureForm.Percentile90 => measured.Count == 0 ? null : Rounded(Percentile(measured, 90), parts),
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.Form, null),
        };
    }

    /// <summary>How many of the parts that rows are measured in make one unit.</summary>
    public static int PartsOf(FigureUnit unit) => unit switch
    {
        FigureUnit.WorkingMinutes => 60,
        FigureUnit.Hours => 3600,
        FigureUnit.Yuan => 100,
        _ => 1,
    };

    private static decimal Sum(List<long> values) => values.Aggregate(0m, (sum, value) => sum + value);

    private static decimal Median(List<long> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + (decimal)values[middle]) / 2;
    }

    /// <summary>By nearest rank.</summary>
    private static decimal Percentile(List<long> values, int percent)
    {
        values.Sort();
        return values[(values.Count * percent + 99) / 100 - 1];
    }

    private static decimal Rounded(decimal value, decimal by) => decimal.Round(value / by, Decimals, MidpointRounding.AwayFromZero);
}
