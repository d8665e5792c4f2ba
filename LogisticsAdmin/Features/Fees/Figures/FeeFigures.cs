using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>
/// All figures about fees (FIELD.md 4.5). Bills count by the end of their billing period, also when they or their corrections are made later; payments by
/// the day of booking. How much of the bills is collected is measured at the end of the following month, so that months can be compared.
/// </summary>
internal static class FeeFigures
{
    public const string Section = "fees";

    /// <summary>The kinds whose usage has figures, with whether it is measured in kWh; others in m³.</summary>
    public static readonly IReadOnlyList<(string Code, bool IsEnergy)> Usages =
        [("electricity", true), ("cold-water", false), ("hot-water", false), ("gas", false)];

    private const string Billed = "billed", Booked = "booked", AtEnd = "at-end";

    public static readonly IReadOnlyList<FeeFigure> All =
    [
        Yuan("receivable", Billed, FigureDirection.Neutral, "charged", f => f.Bill is not null),
        Yuan("corrections", Billed, FigureDirection.Neutral, "charged", f => f.Bill == BillKind.Correction),
        Yuan("vacant", Billed, FigureDirection.Neutral, "vacant", f => f.VacantFen != 0),
        Yuan("collected", Billed, FigureDirection.Neutral, "collected", f => f.DueFen is not null),
        new(Define("collection-rate", Billed, FigureForm.Ratio, FigureUnit.Percent, FigureDirection.HigherIsBetter, "collected", "due"),
            f => f.DueFen is not null),
        Yuan("received", Booked, FigureDirection.Neutral, "received", f => f.ReceivedFen != 0),
        Yuan("refunded", Booked, FigureDirection.Neutral, "refunded", f => f.RefundedFen != 0),
        Yuan("arrears", AtEnd, FigureDirection.LowerIsBetter, "unpaid", f => f.Unpaid is not null),
        new(Define("arrears-accounts", AtEnd, FigureForm.Count, FigureUnit.Pieces, FigureDirection.LowerIsBetter, null),
            f => f.Unpaid is { IsOldest: true }),
        .. new[] { DebtAge.Days30, DebtAge.Days60, DebtAge.Days90, DebtAge.Older }.Select(age =>
            Yuan(CodeOf(age), AtEnd, FigureDirection.Neutral, "unpaid", f => f.Age == age)),
        .. Usages.SelectMany(u => UsageOf(u.Code, u.IsEnergy)),
        .. UsageOfOthers(),
    ];

    /// <summary>Whether a kind is metered and has no figures of its own, so that it has lines in the tables of other usage.</summary>
    public static bool IsOther(string? metered) => metered is not null && !Usages.Any(u => u.Code == metered);

    public static string Full(string figure) => $"{Section}.{figure}";

    private static string CodeOf(DebtAge age) => age switch
    {
        DebtAge.Days30 => "arrears-30",
        DebtAge.Days60 => "arrears-60",
        DebtAge.Days90 => "arrears-90",
        _ => "arrears-older",
    };

    private static FeeFigure[] UsageOf(string kind, bool isEnergy)
    {
        var usage = isEnergy ? "energy" : "volume";
        return
        [
            new(Define($"usage-{kind}", Billed, FigureForm.Sum, isEnergy ? FigureUnit.KilowattHours : FigureUnit.CubicMetres, FigureDirection.Neutral, usage),
                f => f.Metered == kind),
            new(Define($"per-person-{kind}", Billed, FigureForm.Ratio,
                isEnergy ? FigureUnit.KilowattHoursPerPerson : FigureUnit.CubicMetresPerPerson, FigureDirection.Neutral, usage, "people"),
                f => f.Metered == kind && f.People is not null),
            new(Define($"per-area-{kind}", Billed, FigureForm.Ratio,
                isEnergy ? FigureUnit.KilowattHoursPerArea : FigureUnit.CubicMetresPerArea, FigureDirection.Neutral, usage, "area"),
                f => f.Metered == kind && f.Area is not null),
        ];
    }

    private static FeeFigure[] UsageOfOthers() =>
    [
        OfLines(Define("usage-other", Billed, FigureForm.Sum, FigureUnit.Units, FigureDirection.Neutral, "units"), f => IsOther(f.Metered)),
        OfLines(Define("per-person-other", Billed, FigureForm.Ratio, FigureUnit.UnitsPerPerson, FigureDirection.Neutral, "units", "people"),
            f => IsOther(f.Metered) && f.People is not null),
        OfLines(Define("per-area-other", Billed, FigureForm.Ratio, FigureUnit.UnitsPerArea, FigureDirection.Neutral, "units", "area"),
            f => IsOther(f.Metered) && f.Area is not null),
    ];

    private static FeeFigure OfLines(FigureDefinition definition, Func<FeeFact, bool> counts) => new(definition with { IsOfLines = true }, counts);

    private static FeeFigure Yuan(string code, string date, FigureDirection better, string measure, Func<FeeFact, bool> counts) =>
        new(Define(code, date, FigureForm.Sum, FigureUnit.Yuan, better, measure), counts);

    private static FigureDefinition Define(
        string code, string date, FigureForm form, FigureUnit unit, FigureDirection better, string? measure, string? divisor = null)
    {
        var words = new FigureWords(
            LocalName.Of<FeeFiguresText>($"Figure.{code}"), LocalName.Of<FeeFiguresText>($"Counted.{code}"), null,
            LocalName.Of<FeeFiguresText>($"Date.{date}"));
        return new FigureDefinition(Full(code), 1, form, unit, better, measure, words) { Divisor = divisor };
    }
}
