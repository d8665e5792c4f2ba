using System.Numerics;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>The one place where figures become values: pages, documents, the dashboard and targets all ask it.</summary>
public static class FigureCalculator
{
    private const int Decimals = 4;

    public static FigureValue Compute(SectionLayout layout, FigureDefinition figure, IEnumerable<FactRow> rows) => Compute(layout, [figure], rows)[0];

    /// <summary>The values of these figures, in their order, of one pass over the rows.</summary>
    public static IReadOnlyList<FigureValue> Compute(SectionLayout layout, IReadOnlyList<FigureDefinition> figures, IEnumerable<FactRow> rows)
    {
        var tallies = new Tally?[layout.Figures.Count];
        var asked = UInt128.Zero;
        foreach (var figure in figures)
        {
            var place = layout.PlaceOf(figure.Code);
            tallies[place] = new Tally(PlaceOf(layout, figure.Measure), PlaceOf(layout, figure.Divisor));
            asked |= UInt128.One << place;
        }
        foreach (var row in rows)
        {
            for (var left = row.Base & asked; left != 0; left &= left - 1) tallies[FirstOf(left)]!.Based++;
            for (var left = row.Counted & asked; left != 0; left &= left - 1) tallies[FirstOf(left)]!.Count(row);
        }
        return [.. figures.Select(f => tallies[layout.PlaceOf(f.Code)]!.Of(layout, f))];
    }

    private static int PlaceOf(SectionLayout layout, string? measure) => measure is null ? -1 : layout.PlaceOfMeasure(measure);

    private static int FirstOf(UInt128 places) =>
        (ulong)places is not 0 and var lower ? BitOperations.TrailingZeroCount(lower) : 64 + BitOperations.TrailingZeroCount((ulong)(places >> 64));

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
        FigureUnit.Percent or FigureUnit.KilowattHours or FigureUnit.CubicMetres or FigureUnit.Units or FigureUnit.People => 10_000,
        FigureUnit.SquareMetres => 100,
        _ => 1,
    };

    /// <summary>The sums of the two measures divided by each other, each in its own unit.</summary>
    private static decimal? Ratio(SectionLayout layout, FigureDefinition figure, Int128 sum, Int128 divisor)
    {
        if (divisor == 0) return null;
        var (parts, divisorParts) = (PartsOf(UnitOf(figure.Measure!)), PartsOf(UnitOf(figure.Divisor!)));
        var factor = figure.Unit == FigureUnit.PerThousand ? 1_000 : 1;
        return Rounded((decimal)sum * factor / parts, (decimal)divisor / divisorParts);

        FigureUnit UnitOf(string measure) => layout.Measures[layout.PlaceOfMeasure(measure)].Unit;
    }

    private static decimal Sum(List<long> values)
    {
        var sum = Int128.Zero;
        foreach (var value in values) sum += value;
        return (decimal)sum;
    }

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

    /// <summary>What one figure counts and measures.</summary>
    private sealed class Tally(int measure, int divisor)
    {
        private readonly List<long> _measured = [];
        private Int128 _sum, _divisor;
        private int _counted;

        public int Based { get; set; }

        public void Count(FactRow row)
        {
            _counted++;
            if (measure < 0 || row.Measures[measure] is not { } value) return;
            if (divisor < 0)
            {
                _measured.Add(value);
            }
            else if (row.Measures[divisor] is { } by)
            {
                _sum += value;
                _divisor += by;
            }
        }

        public FigureValue Of(SectionLayout layout, FigureDefinition figure) => new(
            figure.Code, figure.Form == FigureForm.Ratio ? Ratio(layout, figure, _sum, _divisor) : ValueOf(figure, _counted, Based, _measured),
            _counted, Based);
    }
}
