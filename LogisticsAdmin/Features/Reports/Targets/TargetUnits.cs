using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>Converts between targets as they are stored and as they are typed.</summary>
internal static class TargetUnits
{
    private const decimal Percent = 100, Stars = 5;

    /// <summary>The number that people type: shares in percent, everything else in the figure's unit.</summary>
    public static decimal? Typed(FigureDefinition figure, decimal? stored) => figure.Unit == FigureUnit.Percent ? stored * Percent : stored;

    public static decimal? Stored(FigureDefinition figure, decimal? typed) => figure.Unit == FigureUnit.Percent ? typed / Percent : typed;

    /// <summary>The highest number that can be typed; null where nothing limits it.</summary>
    public static decimal? Highest(FigureDefinition figure) => figure.Unit switch
    {
        FigureUnit.Percent => Percent,
        FigureUnit.Stars => Stars,
        _ => null,
    };

    /// <summary>Whole numbers only, or with decimals.</summary>
    public static string Step(FigureDefinition figure) => figure.Unit switch
    {
        FigureUnit.Percent or FigureUnit.Stars or FigureUnit.Hours => "0.1",
        FigureUnit.Yuan or FigureUnit.KilowattHoursPerPerson or FigureUnit.KilowattHoursPerArea or FigureUnit.CubicMetresPerPerson
            or FigureUnit.CubicMetresPerArea => "0.01",
        _ => "1",
    };
}
