namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// A period in which the completion clock was stopped: a hold, or the time from completion until the work was sent back. Stored as an
/// interval, so that due times can be recalculated when urgency, calendar or level change.
/// </summary>
public sealed class RepairPause
{
    private RepairPause() { }

    internal RepairPause(DateTimeOffset from, HoldReason? reason) => (From, Reason) = (from, reason);

    public long Id { get; private set; }
    public long TicketId { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>Null while the pause lasts.</summary>
    public DateTimeOffset? To { get; private set; }

    /// <summary>Null for a wait for verification.</summary>
    public HoldReason? Reason { get; private set; }

    internal void End(DateTimeOffset at) => To = at;

    /// <summary>Restores the end from before a verb that was undone.</summary>
    internal void SetEnd(DateTimeOffset? to) => To = to;
}
