namespace LogisticsAdmin.Features.Repairs.Tickets;

public sealed record TimeSpent(TimeKind Kind, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <summary>
/// 阳光时钟: how the time of a ticket was spent, from its report until its end or now. Computed from the timeline, so that both always agree.
/// Time counts as ours while the completion clock runs, otherwise as theirs.
/// </summary>
public sealed record TimeBreakdown(IReadOnlyList<TimeSpent> Periods)
{
    public TimeSpan Total => Periods.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length);

    public TimeSpan OfficeTotal => Periods.Where(s => IsOfficeTime(s.Kind)).Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length);

    public TimeSpan WaitingTotal => Total - OfficeTotal;

    /// <summary>The total time by kind, in the order of the kinds.</summary>
    public IEnumerable<(TimeKind Kind, TimeSpan Length)> ByKind => Periods.GroupBy(s => s.Kind).OrderBy(g => g.Key)
        .Select(g => (g.Key, g.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length)));

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

    /// <summary>Computes the breakdown from the status changes of a timeline, in order: time, new status and, for a hold, its reason.</summary>
    public static TimeBreakdown Of(IEnumerable<(DateTimeOffset At, TicketStatus To, HoldReason? HeldFor)> moves, DateTimeOffset now)
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
        Close(now);
        return new TimeBreakdown(periods);

        void Close(DateTimeOffset at)
        {
            if (open is { } ended && at > ended.From) periods.Add(new TimeSpent(ended.Kind, ended.From, at));
        }
    }
}
