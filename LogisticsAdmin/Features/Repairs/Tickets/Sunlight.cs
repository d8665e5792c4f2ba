namespace LogisticsAdmin.Features.Repairs.Tickets;

public sealed record SunlightStretch(SunlightKind Kind, DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;
}

/// <summary>
/// 阳光时钟: where the time of a ticket went, minute by minute from its report until its end or now. Read off the timeline, so that it
/// always agrees with it; ours and theirs are told apart by whether the completion clock ran.
/// </summary>
public sealed record Sunlight(IReadOnlyList<SunlightStretch> Stretches)
{
    public TimeSpan Total => Stretches.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length);

    public TimeSpan Ours => Stretches.Where(s => IsOurs(s.Kind)).Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length);

    public TimeSpan Theirs => Total - Ours;

    /// <summary>How long each kind took in all, in the order of the kinds.</summary>
    public IEnumerable<(SunlightKind Kind, TimeSpan Length)> ByKind => Stretches.GroupBy(s => s.Kind).OrderBy(g => g.Key)
        .Select(g => (g.Key, g.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Length)));

    public static bool IsOurs(SunlightKind kind) => kind <= SunlightKind.Work;

    /// <summary>What a state waits for; null when it ended.</summary>
    public static SunlightKind? KindOf(TicketStatus status, HoldReason? heldFor) => status switch
    {
        TicketStatus.New => SunlightKind.Triage,
        TicketStatus.Triaged => SunlightKind.Dispatch,
        TicketStatus.Assigned or TicketStatus.Taken => SunlightKind.Visit,
        TicketStatus.InProgress or TicketStatus.Rework => SunlightKind.Work,
        TicketStatus.OnHold => heldFor switch { HoldReason.Parts => SunlightKind.Parts, HoldReason.Access => SunlightKind.Resident, _ => SunlightKind.Others },
        TicketStatus.Completed => SunlightKind.Resident,
        _ => null,
    };

    /// <summary>From the moves of a timeline in order: when, to which state, and for a hold its reason.</summary>
    public static Sunlight Of(IEnumerable<(DateTimeOffset At, TicketStatus To, HoldReason? HeldFor)> moves, DateTimeOffset now)
    {
        List<SunlightStretch> stretches = [];
        (SunlightKind Kind, DateTimeOffset From)? open = null;
        foreach (var (at, to, heldFor) in moves)
        {
            var kind = KindOf(to, heldFor);
            if (open is { } running && running.Kind == kind) continue;
            Close(at);
            open = kind is { } next ? (next, at) : null;
        }
        Close(now);
        return new Sunlight(stretches);

        void Close(DateTimeOffset at)
        {
            if (open is { } ended && at > ended.From) stretches.Add(new SunlightStretch(ended.Kind, ended.From, at));
        }
    }
}
