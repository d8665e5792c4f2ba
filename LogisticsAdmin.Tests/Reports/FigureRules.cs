using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>What each figure counts, as FIELD.md 4.5 and the words of the figures say it.</summary>
internal static class FigureRules
{
    public sealed record Rule(
        Func<Asked, TicketStory, bool> Counts, Func<Asked, TicketStory, bool>? Base = null, FigureForm How = FigureForm.Count,
        Func<TicketStory, decimal>? Measure = null);

    public static readonly IReadOnlyDictionary<string, Rule> All = new Dictionary<string, Rule>
    {
        ["carried-in"] = new((p, t) => p.IsBefore(t.Submitted) && !p.IsBefore(t.Ended)),
        ["intake"] = new((p, t) => p.IsIn(t.Submitted)),
        ["closed"] = new(Closed),
        ["cancelled"] = new((p, t) => t.Status == TicketStatus.Cancelled && p.IsIn(t.Ended)),
        ["rejected"] = new((p, t) => t.Status == TicketStatus.Rejected && p.IsIn(t.Ended)),
        ["grouped"] = new((p, t) => t.Status == TicketStatus.Grouped && p.IsIn(t.Ended)),
        ["carried-over"] = new(OpenAtEnd),
        ["closing-rate"] = new((p, t) => t.Status == TicketStatus.Closed && p.HasCome(t.Ended), Intake),
        ["completed"] = new((p, t) => p.IsIn(t.Completed)),
        ["overdue"] = new(Overdue),
        ["due-soon"] = new((p, t) => t.HasLimits && Unfinished(p, t) && t.PassesAt is { } due && !p.HasCome(due) && due <= p.End + TimeSpan.FromHours(2)),
        ["waiting"] = new((p, t) => OpenAtEnd(p, t) && t.IsWaitingForResident),
        ["emergencies"] = new((p, t) => Intake(p, t) && t.Ticket.Urgency == Urgency.Emergency),
        ["by-phone"] = new((_, t) => t.Ticket.FiledById is not null, Intake),

        ["response-in-time"] = new((p, t) => p.IsIn(t.Responded) && t.Responded <= t.ResponseDue,
            (p, t) => t.HasLimits && (p.IsIn(t.Responded) || IsMissed(p, t))),
        ["response-mean"] = Duration(FigureForm.Mean, Responded, t => t.ResponseWorking),
        ["response-median"] = Duration(FigureForm.Median, Responded, t => t.ResponseWorking),
        ["response-p90"] = Duration(FigureForm.Percentile90, Responded, t => t.ResponseWorking),
        ["response-calendar-mean"] = Duration(FigureForm.Mean, Responded, t => Hours(t.Responded, t.Submitted)),
        ["response-calendar-median"] = Duration(FigureForm.Median, Responded, t => Hours(t.Responded, t.Submitted)),
        ["response-calendar-p90"] = Duration(FigureForm.Percentile90, Responded, t => Hours(t.Responded, t.Submitted)),

        ["completion-in-time"] = new((p, t) => p.IsIn(t.Completed) && t.Completed <= t.Due,
            (p, t) => t.HasLimits && (p.IsIn(t.Completed) || Overdue(p, t))),
        ["completion-mean"] = Duration(FigureForm.Mean, Known, t => t.OursUntilCompleted),
        ["completion-median"] = Duration(FigureForm.Median, Known, t => t.OursUntilCompleted),
        ["completion-p90"] = Duration(FigureForm.Percentile90, Known, t => t.OursUntilCompleted),
        ["completion-calendar-mean"] = Duration(FigureForm.Mean, Known, t => Hours(t.Completed, t.Submitted)),
        ["completion-calendar-median"] = Duration(FigureForm.Median, Known, t => Hours(t.Completed, t.Submitted)),
        ["completion-calendar-p90"] = Duration(FigureForm.Percentile90, Known, t => Hours(t.Completed, t.Submitted)),
        ["office-time"] = Duration(FigureForm.Mean, ClosedAndKnown, t => t.OursUntilEnded / 60m),
        ["waiting-time"] = Duration(FigureForm.Mean, ClosedAndKnown, t => Hours(t.Ended, t.Submitted) - t.OursUntilEnded / 60m),

        ["first-time-fix"] = new((_, t) => t.SentBack == 0 && !t.HasRework, Closed),
        ["rework"] = new((_, t) => t.SentBack > 0 || t.HasRework, Closed),
        ["failed-acceptance"] = new((_, t) => t.SentBack > 0, Accepted),
        ["accepted-by-time"] = new((_, t) => t.IsAcceptedByTime, Accepted),
        ["rated"] = new((_, t) => t.Stars is not null, Closed),
        ["satisfaction"] = new((_, t) => t.Stars is 4 or 5, (p, t) => Closed(p, t) && t.Stars is not null),
        ["stars"] = Duration(FigureForm.Mean, (p, t) => Closed(p, t) && t.Stars is not null, t => t.Stars!.Value),
        ["silent"] = new((p, t) => Closed(p, t) && t.IsAcceptedByTime && t.Stars is null),

        ["nudged"] = new((_, t) => t.Nudges > 0, Intake),
        ["nudges"] = Duration(FigureForm.Sum, (p, t) => Intake(p, t) && t.Nudges > 0, t => t.Nudges),
        ["transferred"] = new((_, t) => t.Transfers > 0, Intake),
        ["transferred-often"] = new((_, t) => t.Transfers > 2, Intake),
        ["rejection-rate"] = new((p, t) => t.Status == TicketStatus.Rejected && p.HasCome(t.Ended), Intake),
        ["repeated"] = new((_, t) => t.Ticket.Repeats > 0, Intake),
        ["repeats"] = new((p, t) => Intake(p, t) && t.Ticket.Repeats > 0),
        ["extensions"] = new((p, t) => t.Extensions.Any(e => p.IsIn(e.At))),
        ["extensions-late"] = new((p, t) => t.Extensions.Any(e => p.IsIn(e.At) && e.IsLate)),
        ["extensions-granted"] = new((p, t) => t.Extensions.Any(e => p.IsIn(e.At) && p.HasCome(e.GrantedAt))),

        ["cost"] = Duration(FigureForm.Sum, Closed, t => t.Material + t.Labour + t.LogCost),
        ["material"] = Duration(FigureForm.Sum, Closed, t => t.Material),
        ["labour"] = Duration(FigureForm.Sum, Closed, t => t.Labour),
        ["cost-per-ticket"] = Duration(FigureForm.Mean, Closed, t => t.Material + t.Labour + t.LogCost),
        ["labour-time"] = Duration(FigureForm.Sum, Closed, t => t.LabourMinutes / 60m),
        ["points"] = Duration(FigureForm.Sum, (p, t) => p.IsIn(t.Completed), t => t.Points),
    };

    private static Rule Duration(FigureForm how, Func<Asked, TicketStory, bool> counts, Func<TicketStory, decimal> measure) => new(counts, null, how, measure);

    private static bool Intake(Asked p, TicketStory t) => p.IsIn(t.Submitted);

    private static bool Closed(Asked p, TicketStory t) => t.Status == TicketStatus.Closed && p.IsIn(t.Ended);

    private static bool Accepted(Asked p, TicketStory t) => Closed(p, t) && t.IsAccepted;

    private static bool OpenAtEnd(Asked p, TicketStory t) => p.HasCome(t.Submitted) && !p.HasCome(t.Ended);

    private static bool Unfinished(Asked p, TicketStory t) => OpenAtEnd(p, t) && !p.HasCome(t.Completed);

    private static bool Overdue(Asked p, TicketStory t) => t.HasLimits && Unfinished(p, t) && p.HasCome(t.PassesAt);

    private static bool IsMissed(Asked p, TicketStory t) => !p.HasCome(t.Responded)
        && (OpenAtEnd(p, t) ? p.HasCome(t.ResponseDue) : p.IsIn(t.Ended) && t.ResponseDue <= t.Ended);

    private static bool Responded(Asked p, TicketStory t) => p.IsIn(t.Responded);

    private static bool Known(Asked p, TicketStory t) => p.IsIn(t.Completed) && t.IsKnown;

    private static bool ClosedAndKnown(Asked p, TicketStory t) => Closed(p, t) && t.IsKnown;

    private static decimal Hours(DateTimeOffset? to, DateTimeOffset from) => (decimal)(to!.Value - from).TotalMinutes / 60m;

    /// <summary>A period as a person asks about it: by the days on the office's wall calendar, and only about what has happened.</summary>
    internal sealed record Asked(ReportPeriod Period, TimeZoneInfo Zone, DateTimeOffset Now)
    {
        public bool IsIn(DateTimeOffset? moment) => HasCome(moment) && DayOf(moment!.Value) >= Period.From;

        public bool IsBefore(DateTimeOffset? moment) => moment is { } at && DayOf(at) < Period.From;

        /// <summary>Whether it had come by the end of the period, or by now.</summary>
        public bool HasCome(DateTimeOffset? moment) => moment is { } at && at <= Now && DayOf(at) < Period.Until;

        /// <summary>The end of the period, or now. Looks for the first minute of the next day.</summary>
        public DateTimeOffset End
        {
            get
            {
                if (DayOf(Now) < Period.Until) return Now;
                var at = new DateTimeOffset(Period.Until.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(-15);
                while (DayOf(at) < Period.Until) at = at.AddMinutes(1);
                return at;
            }
        }

        private DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);
    }
}
