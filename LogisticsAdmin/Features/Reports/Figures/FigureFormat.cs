using System.Globalization;
using LogisticsAdmin.Registries;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>How figures are written: the same on pages, in documents and on the dashboard, in the reader's language.</summary>
public sealed class FigureFormat(IStringLocalizer<ReportsText> words)
{
    /// <summary>What stands for a value that there is none of.</summary>
    public const string None = "—";

    private const int MinutesShown = 120;

    /// <summary>The number without its unit, rounded as it is shown.</summary>
    public string Number(FigureDefinition figure, decimal? value) => value is not { } v ? None : figure.Unit switch
    {
        FigureUnit.Percent => One(v * 100),
        FigureUnit.WorkingMinutes => IsInHours(v) ? One(v / 60) : v.ToString("N0", Culture),
        FigureUnit.Hours or FigureUnit.Stars or FigureUnit.KilowattHours or FigureUnit.CubicMetres or FigureUnit.Units or FigureUnit.People
            or FigureUnit.SquareMetres => One(v),
        FigureUnit.Yuan => v.ToString("N2", Culture),
        _ when IsPer(figure.Unit) => v.ToString("N2", Culture),
        _ => v.ToString("N0", Culture),
    };

    /// <summary>The unit that belongs to <see cref="Number"/>; long working times are written in hours.</summary>
    public string Unit(FigureDefinition figure, decimal? value) =>
        figure.Unit == FigureUnit.WorkingMinutes && value is { } v && IsInHours(v) ? words["Unit.WorkingHours"] : Unit(figure.Unit);

    /// <summary>The name of a unit.</summary>
    public string Unit(FigureUnit unit) => unit switch
    {
        FigureUnit.Percent => "%",
        FigureUnit.WorkingMinutes => words["Unit.WorkingMinutes"],
        FigureUnit.Hours => words["Unit.Hours"],
        FigureUnit.Yuan => words["Unit.Yuan"],
        FigureUnit.Stars => words["Unit.Stars"],
        FigureUnit.Points => words["Unit.Points"],
        FigureUnit.Times => words["Unit.Times"],
        FigureUnit.KilowattHours => words["Unit.KilowattHours"],
        FigureUnit.CubicMetres => words["Unit.CubicMetres"],
        FigureUnit.KilowattHoursPerPerson => words["Unit.KilowattHoursPerPerson"],
        FigureUnit.KilowattHoursPerArea => words["Unit.KilowattHoursPerArea"],
        FigureUnit.CubicMetresPerPerson => words["Unit.CubicMetresPerPerson"],
        FigureUnit.CubicMetresPerArea => words["Unit.CubicMetresPerArea"],
        FigureUnit.Units => words["Unit.Units"],
        FigureUnit.UnitsPerPerson => words["Unit.UnitsPerPerson"],
        FigureUnit.UnitsPerArea => words["Unit.UnitsPerArea"],
        FigureUnit.People => words["Unit.People"],
        FigureUnit.SquareMetres => words["Unit.SquareMetres"],
        FigureUnit.PerThousand => words["Unit.PerThousand"],
        _ => words["Unit.Pieces"],
    };

    /// <summary>The number with its unit.</summary>
    public string Full(FigureDefinition figure, decimal? value)
    {
        if (value is null) return None;
        return figure.Unit == FigureUnit.Percent ? Number(figure, value) + "%" : words["WithUnit", Number(figure, value), Unit(figure, value)];
    }

    /// <summary>A target with its direction: at least, or at most.</summary>
    public string Target(FigureDefinition figure, decimal? target) =>
        target is null ? None : (figure.Better == FigureDirection.LowerIsBetter ? "≤ " : "≥ ") + Full(figure, target);

    /// <summary>
    /// The change since another period: counts and amounts in percent, shares in percentage points, everything else in its own unit.
    /// </summary>
    public string Change(FigureDefinition figure, decimal? value, decimal? before)
    {
        if (value is not { } now || before is not { } then) return None;
        switch (figure.Unit)
        {
            case FigureUnit.Percent:
                return words["PercentPoints", Signed((now - then) * 100)];
            case FigureUnit.WorkingMinutes when IsInHours(now) || IsInHours(then):
                return words["WithUnit", Signed((now - then) / 60), words["Unit.WorkingHours"]];
            case FigureUnit.WorkingMinutes or FigureUnit.Hours or FigureUnit.Stars:
                return words["WithUnit", Signed(now - then), Unit(figure, 0)];
            default:
                return then == 0 ? None : Signed((now - then) / Math.Abs(then) * 100) + "%";
        }
    }

    /// <summary>Whether the target is met; null where there is no value or no target.</summary>
    public static bool? IsMet(FigureDefinition figure, decimal? value, decimal? target) =>
        value is not { } v || target is not { } t ? null : figure.Better == FigureDirection.LowerIsBetter ? v <= t : v >= t;

    /// <summary>How workbooks show numbers of this unit.</summary>
    public static string InWorkbooks(FigureUnit unit) => unit switch
    {
        FigureUnit.Percent => "0.0%",
        FigureUnit.WorkingMinutes or FigureUnit.Hours or FigureUnit.Stars or FigureUnit.People => "#,##0.0",
        FigureUnit.KilowattHours or FigureUnit.CubicMetres or FigureUnit.Units or FigureUnit.SquareMetres or FigureUnit.Yuan => "#,##0.00",
        _ when IsPer(unit) => "#,##0.00",
        _ => "#,##0",
    };

    /// <summary>A measure of one row.</summary>
    public string Measure(ReportMeasure measure, long? stored)
    {
        if (stored is not { } parts) return None;
        var value = parts / (decimal)FigureCalculator.PartsOf(measure.Unit);
        return measure.Unit switch
        {
            FigureUnit.WorkingMinutes => words["WithUnit", value.ToString("N0", Culture), words["Unit.WorkingMinutes"]],
            FigureUnit.Hours => words["WithUnit", One(value), words["Unit.Hours"]],
            FigureUnit.Yuan => value.ToString("N2", Culture),
            FigureUnit.Percent => One(value * 100) + "%",
            FigureUnit.KilowattHours or FigureUnit.CubicMetres or FigureUnit.Units or FigureUnit.People or FigureUnit.SquareMetres =>
                words["WithUnit", value.ToString("N2", Culture), Unit(measure.Unit)],
            _ => value.ToString("N0", Culture),
        };
    }

    public string Period(ReportPeriod period) => period.Kind switch
    {
        PeriodKind.Month => words["Period.Month", period.From.ToDateTime(TimeOnly.MinValue)],
        PeriodKind.Quarter => words["Period.Quarter", period.From.Year, (period.From.Month + 2) / 3],
        PeriodKind.Year => words["Period.Year", period.From.Year],
        PeriodKind.Day => period.ToString(),
        _ => words["Period.Days", period.From.ToString("yyyy-MM-dd", Culture), period.Last.ToString("yyyy-MM-dd", Culture)],
    };

    /// <summary>The short name of a month for the axis of a chart.</summary>
    public string Month(ReportPeriod month, bool withYear) =>
        words[withYear ? "Axis.YearMonth" : "Axis.Month", month.From.ToDateTime(TimeOnly.MinValue)];

    private static bool IsPer(FigureUnit unit) => unit is FigureUnit.KilowattHoursPerPerson or FigureUnit.KilowattHoursPerArea
        or FigureUnit.CubicMetresPerPerson or FigureUnit.CubicMetresPerArea or FigureUnit.UnitsPerPerson or FigureUnit.UnitsPerArea
        or FigureUnit.PerThousand;

    private static bool IsInHours(decimal minutes) => Math.Abs(minutes) >= MinutesShown;

    private static string One(decimal value) => value.ToString("N1", Culture);

    private static string Signed(decimal value)
    {
        var rounded = decimal.Round(value, 1, MidpointRounding.AwayFromZero);
        return rounded > 0 ? "+" + One(rounded) : rounded < 0 ? "−" + One(-rounded) : "±0";
    }

    private static CultureInfo Culture => CultureInfo.CurrentCulture;
}
