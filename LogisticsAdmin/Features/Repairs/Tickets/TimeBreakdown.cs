using LogisticsAdmin.Features.Calendar;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <param name="Kind">What the time was spent on.</param>
/// <param name="From">The beginning.</param>
/// <param name="To">The end.</param>
/// <param name="Working">How much of it was working time.</param>
public sealed record TimeSpent(TimeKind Kind, DateTimeOffset From, DateTimeOffset To, TimeSpan Working)
{
    public TimeSpan Length => To - From;
}

/// <summary>
/// 阳光时钟: how the time of a ticket was spent, from its report until its end or now. Computed from the timeline, so that both always agree.
/// Time counts as ours while the completion clock runs, otherwise as theirs; both as it passed, and in the working time of that clock.
/// </summary>
public sealed record TimeBreakdown(IReadOnlyList<TimeSpent> Periods)
{
    public TimeSpan Total => Sum(Periods, s => s.Length);

    public TimeSpan OfficeTotal => Sum(Periods.Where(s => IsOfficeTime(s.Kind)), s => s.Length);

    public TimeSpan WaitingTotal => Total - OfficeTotal;

    public TimeSpan OfficeWorking => Sum(Periods.Where(s => IsOfficeTime(s.Kind)), s => s.Working);

    public TimeSpan WaitingWorking => Sum(Periods.Where(s => !IsOfficeTime(s.Kind)), s => s.Working);

    /// <summary>The total time by kind, in the order of the kinds.</summary>
    public IEnumerable<(TimeKind Kind, TimeSpan Length)> ByKind => Periods.GroupBy(s => s.Kind).OrderBy(g => g.Key)
        .Select(g => (g.Key, Sum(g, s => s.Length)));

    public static bool IsOfficeTime(TimeKind kind) => kind <= TimeKind.Work;

    /// <summary>What a ticket in this status waits for; null if it has ended.</summary>
    public static TimeKind? KindOf(TicketStatus status, HoldReason? heldFor) => status switch
    {
        TicketStatus.New => TimeKind.Triage,
        TicketStatus.Triaged => TimeKind.Dispatch,
        TicketStatus.Assigned or TicketStatus.Taken => TimeKind.Visit,
        TicketStatus.InProgress or TicketStatus.Rework => TimeKind.Work,
        TicketStatus.OnHold => heldFor switch { HoldReason.Parts => TimeKind.Parts, HoldReason.Access => TimeKind.Resident, _ => TimeKind.Others },
        TicketStatus.Completed => TimeKind.Resident,
        _ => null,
    };

    /// <summary>
    /// Computes the breakdown from the status changes of a timeline, in order: time, new status and, for a hold, its reason.
    /// <paramref name="time"/> is the working time of the ticket's clock; nothing after <paramref name="end"/> counts, such as the import of an
    /// ended ticket.
    /// </summary>
    public static TimeBreakdown Of(IEnumerable<(DateTimeOffset At, TicketStatus To, HoldReason? HeldFor)> moves, DateTimeOffset end, WorkingTime time)
    {
        List<TimeSpent> periods = [];
        (TimeKind Kind, DateTimeOffset From)? open = null;
        foreach (var (at, to, heldFor) in moves)
        {
            var kind = KindOf(to, heldFor);
            if (open is { } running && running.Kind == kind) continue;
            Close(at);
            open = kind is { } next ? (next, at) : null;
        }
        Close(end);
        return new TimeBreakdown(periods);

        void Close(DateTimeOffset at)
        {
            if (at > end) at = end;
            if (open is { } ended && at > ended.From) periods.Add(new TimeSpent(ended.Kind, ended.From, at, time.Between(ended.From, at)));
        }
    }

    private static TimeSpan Sum(IEnumerable<TimeSpent> periods, Func<TimeSpent, TimeSpan> what) =>
        periods.Aggregate(TimeSpan.Zero, (sum, s) => sum + what(s));
}
