using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>
/// All figures about repairs (FIELD.md 4.5). Intake counts by the report of a ticket, limits and durations by its completion, results by its
/// end.
/// </summary>
internal static class RepairFigures
{
    public const string Section = "repairs";

    /// <summary>Dates by which rows count; the words of each are a key.</summary>
    private const string Submitted = "submitted", Responded = "responded", Completed = "completed", Ended = "ended", AtEnd = "at-end", AtStart = "at-start",
        Asked = "asked";

    public static readonly IReadOnlyList<RepairFigure> All =
    [
        Count("carried-in", AtStart, (p, t) => p.IsOpenBefore(t)),
        Count("intake", Submitted, (p, t) => p.IsReported(t)),
        Count("closed", Ended, (p, t) => p.IsClosed(t)),
        Count("cancelled", Ended, (p, t) => p.HasEnded(t, TicketStatus.Cancelled)),
        Count("rejected", Ended, (p, t) => p.HasEnded(t, TicketStatus.Rejected)),
        Count("grouped", Ended, (p, t) => p.HasEnded(t, TicketStatus.Grouped)),
        Count("carried-over", AtEnd, (p, t) => p.IsOpenAfter(t)),
        Share("closing-rate", Submitted, FigureDirection.HigherIsBetter,
            (p, t) => p.IsReported(t), (p, t) => t.Status == TicketStatus.Closed && t.Ended < p.Until),
        Count("completed", Completed, (p, t) => p.IsCompleted(t)),
        Count("overdue", AtEnd, (p, t) => p.IsOverdue(t), FigureDirection.LowerIsBetter),
        OfNow(Count("due-soon", AtEnd, IsDueSoon)),
        OfNow(Count("waiting", AtEnd, (p, t) => p.IsOpenAfter(t) && t.IsWaitingForResident)),
        Count("emergencies", Submitted, (p, t) => p.IsReported(t) && t.Urgency == Urgency.Emergency),
        Share("by-phone", Submitted, FigureDirection.Neutral, (p, t) => p.IsReported(t), (_, t) => t.IsByPhone),

        Share("response-in-time", Responded, FigureDirection.HigherIsBetter, (p, t) => p.IsResponseJudged(t), (p, t) => p.IsResponseInTime(t)),
        .. Durations("response", Responded, FigureUnit.WorkingMinutes, "response-working", (p, t) => p.Holds(t.Responded) && t.ResponseWorking is not null),
        .. Durations("response-calendar", Responded, FigureUnit.Hours, "response-calendar",
            (p, t) => p.Holds(t.Responded) && t.ResponseWorking is not null),

        Share("completion-in-time", Completed, FigureDirection.HigherIsBetter,
            (p, t) => t.HasLimits && (p.IsCompleted(t) || p.IsOverdue(t)), (p, t) => p.IsCompleted(t) && !t.IsLate),
        .. Durations("completion", Completed, FigureUnit.WorkingMinutes, "completion-working", (p, t) => p.IsCompleted(t) && t.CompletionWorking is not null),
        .. Durations("completion-calendar", Completed, FigureUnit.Hours, "completion-calendar",
            (p, t) => p.IsCompleted(t) && t.CompletionWorking is not null),
        Of("office-time", Ended, FigureForm.Mean, FigureUnit.Hours, FigureDirection.LowerIsBetter, "office-time",
            (p, t) => p.IsClosed(t) && t.OfficeTime is not null),
        Of("waiting-time", Ended, FigureForm.Mean, FigureUnit.Hours, FigureDirection.Neutral, "waiting-time",
            (p, t) => p.IsClosed(t) && t.WaitingTime is not null),

        Share("first-time-fix", Ended, FigureDirection.HigherIsBetter, (p, t) => p.IsClosed(t), (_, t) => !IsReworked(t)),
        Share("rework", Ended, FigureDirection.LowerIsBetter, (p, t) => p.IsClosed(t), (_, t) => IsReworked(t)),
        Share("failed-acceptance", Ended, FigureDirection.LowerIsBetter, (p, t) => p.IsClosed(t) && t.IsAccepted, (_, t) => t.SentBack > 0),
        Share("accepted-by-time", Ended, FigureDirection.LowerIsBetter, (p, t) => p.IsClosed(t) && t.IsAccepted, (_, t) => t.IsAcceptedByTime),

        Share("rated", Ended, FigureDirection.HigherIsBetter, (p, t) => p.IsClosed(t), (_, t) => t.Stars is not null),
        Share("satisfaction", Ended, FigureDirection.HigherIsBetter, (p, t) => p.IsClosed(t) && t.Stars is not null, (_, t) => t.Stars >= 4),
        Of("stars", Ended, FigureForm.Mean, FigureUnit.Stars, FigureDirection.HigherIsBetter, "stars", (p, t) => p.IsClosed(t) && t.Stars is not null),
        Count("silent", Ended, (p, t) => p.IsClosed(t) && t is { IsAcceptedByTime: true, Stars: null }),

        Share("nudged", Submitted, FigureDirection.LowerIsBetter, (p, t) => p.IsReported(t), (_, t) => t.Nudges > 0),
        Of("nudges", Submitted, FigureForm.Sum, FigureUnit.Times, FigureDirection.LowerIsBetter, "nudges", (p, t) => p.IsReported(t) && t.Nudges > 0),
        Share("transferred", Submitted, FigureDirection.LowerIsBetter, (p, t) => p.IsReported(t), (_, t) => t.Transfers > 0),
        Share("transferred-often", Submitted, FigureDirection.LowerIsBetter,
            (p, t) => p.IsReported(t), (_, t) => t.Transfers > CampusRules.TransfersUnflagged),
        Share("rejection-rate", Submitted, FigureDirection.LowerIsBetter,
            (p, t) => p.IsReported(t), (p, t) => t.Status == TicketStatus.Rejected && t.Ended < p.Until),
        Share("repeated", Submitted, FigureDirection.LowerIsBetter, (p, t) => p.IsReported(t), (_, t) => t.Repeats > 0),
        Count("repeats", Submitted, (p, t) => p.IsReported(t) && t.Repeats > 0, FigureDirection.LowerIsBetter),

        Count("extensions", Asked, (p, t) => p.IsAskedForMore(t)),
        Count("extensions-late", Asked, (p, t) => p.IsAskedForMoreLate(t)),
        Count("extensions-granted", Asked, (p, t) => p.IsMoreGranted(t)),

        Of("cost", Ended, FigureForm.Sum, FigureUnit.Yuan, FigureDirection.Neutral, "cost", (p, t) => p.IsClosed(t)),
        Of("material", Ended, FigureForm.Sum, FigureUnit.Yuan, FigureDirection.Neutral, "material", (p, t) => p.IsClosed(t)),
        Of("labour", Ended, FigureForm.Sum, FigureUnit.Yuan, FigureDirection.Neutral, "labour", (p, t) => p.IsClosed(t)),
        Of("cost-per-ticket", Ended, FigureForm.Mean, FigureUnit.Yuan, FigureDirection.LowerIsBetter, "cost", (p, t) => p.IsClosed(t)),
        Of("labour-time", Ended, FigureForm.Sum, FigureUnit.Hours, FigureDirection.Neutral, "labour-time", (p, t) => p.IsClosed(t)),
        Of("points", Completed, FigureForm.Sum, FigureUnit.Points, FigureDirection.HigherIsBetter, "points", (p, t) => p.IsCompleted(t)),
    ];

    private static bool IsReworked(TicketFacts t) => t.SentBack > 0 || t.HasRework;

    private static bool IsDueSoon(CountedTime period, TicketFacts t) => t is { HasLimits: true, OverdueAt: { } due }
        && period.IsUnfinished(t) && due >= period.Until && due <= period.Until + TimeSpan.FromHours(2);

    private static RepairFigure OfNow(RepairFigure figure) => figure with { Definition = figure.Definition with { IsOfNow = true } };

    private static RepairFigure Count(
        string code, string date, Func<CountedTime, TicketFacts, bool> counts, FigureDirection better = FigureDirection.Neutral) =>
        new(Define(code, date, FigureForm.Count, FigureUnit.Pieces, better, null), counts);

    /// <summary>The numerator is asked of the rows of the denominator only.</summary>
    private static RepairFigure Share(string code, string date, FigureDirection better,
        Func<CountedTime, TicketFacts, bool> of, Func<CountedTime, TicketFacts, bool> counts) =>
        new(Define(code, date, FigureForm.Share, FigureUnit.Percent, better, null), (p, t) => of(p, t) && counts(p, t), of);

    private static RepairFigure Of(string code, string date, FigureForm form, FigureUnit unit, FigureDirection better, string measure,
        Func<CountedTime, TicketFacts, bool> counts) =>
        new(Define(code, date, form, unit, better, measure), counts);

    private static IEnumerable<RepairFigure> Durations(
        string code, string date, FigureUnit unit, string measure, Func<CountedTime, TicketFacts, bool> counts) =>
    [
        Of($"{code}-mean", date, FigureForm.Mean, unit, FigureDirection.LowerIsBetter, measure, counts),
        Of($"{code}-median", date, FigureForm.Median, unit, FigureDirection.LowerIsBetter, measure, counts),
        Of($"{code}-p90", date, FigureForm.Percentile90, unit, FigureDirection.LowerIsBetter, measure, counts),
    ];

    private static FigureDefinition Define(string code, string date, FigureForm form, FigureUnit unit, FigureDirection better, string? measure) =>
        new($"{Section}.{code}", 1, form, unit, better, measure, new FigureWords(
            LocalName.Of<FiguresText>($"Figure.{code}"), LocalName.Of<FiguresText>($"Counted.{code}"),
            form == FigureForm.Share ? LocalName.Of<FiguresText>($"Base.{code}") : null, LocalName.Of<FiguresText>($"Date.{date}")));
}
