using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Figures;

/// <summary>
/// All figures about notices and news (FIELD.md 4.5). Items count by their publication; withdrawals and corrections by their own moment.
/// Who read and confirmed is as known when the figure is computed, because reading goes on after the period.
/// </summary>
internal static class NewsFigures
{
    public const string Section = "news";

    /// <summary>How long before its beginning a planned outage has to be announced.</summary>
    public static readonly TimeSpan OutageNotice = TimeSpan.FromHours(24);

    private const string Published = "published", Withdrawn = "withdrawn", Corrected = "corrected";

    public static readonly IReadOnlyList<NewsFigure> All =
    [
        new(Define("published", FigureForm.Count, FigureUnit.Pieces, FigureDirection.Neutral, null, Published), IsPublished),
        new(Define("withdrawn", FigureForm.Count, FigureUnit.Pieces, FigureDirection.LowerIsBetter, null, Withdrawn), i => i.WithdrawnAt is not null),
        new(Define("corrected", FigureForm.Count, FigureUnit.Pieces, FigureDirection.LowerIsBetter, null, Corrected), i => i.CorrectedAt is not null),
        new(Define("late", FigureForm.Count, FigureUnit.Pieces, FigureDirection.LowerIsBetter, null, Published), i => IsPublished(i) && i.WasLate),
        new(Define("outages", FigureForm.Count, FigureUnit.Pieces, FigureDirection.Neutral, null, Published), IsOutage),
        new(Define("outages-in-time", FigureForm.Share, FigureUnit.Percent, FigureDirection.HigherIsBetter, null, Published),
            i => IsOutage(i) && i.OutageFrom - i.PublishedAt >= OutageNotice, IsOutage),
        new(Define("addressed", FigureForm.Sum, FigureUnit.Times, FigureDirection.Neutral, "addressed", Published), IsAddressed),
        new(Define("readers", FigureForm.Sum, FigureUnit.Times, FigureDirection.Neutral, "readers", Published), IsAddressed),
        new(Define("reading-rate", FigureForm.Mean, FigureUnit.Percent, FigureDirection.HigherIsBetter, "reading-rate", Published), IsAddressed),
        new(Define("confirmation-rate", FigureForm.Mean, FigureUnit.Percent, FigureDirection.HigherIsBetter, "confirmation-rate", Published),
            i => IsAddressed(i) && i.AsksForConfirmation),
        new(Define("reminded", FigureForm.Sum, FigureUnit.Times, FigureDirection.Neutral, "reminded", Published), i => IsAddressed(i) && i.Reminded > 0),
        new(Define("confirmation-time", FigureForm.Percentile90, FigureUnit.Hours, FigureDirection.LowerIsBetter, "confirmation-time", Published),
            i => IsAddressed(i) && i.AsksForConfirmation && i.LastConfirmedAt is not null),
    ];

    public static string Full(string figure) => $"{Section}.{figure}";

    private static bool IsPublished(ItemFacts item) => item.PublishedAt is not null;

    private static bool IsOutage(ItemFacts item) => item is { PublishedAt: not null, OutageFrom: not null };

    private static bool IsAddressed(ItemFacts item) => item is { PublishedAt: not null, Addressed: > 0 };

    private static FigureDefinition Define(string code, FigureForm form, FigureUnit unit, FigureDirection better, string? measure, string date) => new(
        Full(code), 1, form, unit, better, measure, new FigureWords(
            LocalName.Of<NewsFiguresText>($"Figure.{code}"), LocalName.Of<NewsFiguresText>($"Counted.{code}"),
            form == FigureForm.Share ? LocalName.Of<NewsFiguresText>($"Base.{code}") : null, LocalName.Of<NewsFiguresText>($"Date.{date}")));
}
