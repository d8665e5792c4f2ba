namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// A stretch in which the completion clock stood still: a hold, or work that waited for verification before it was sent back. Kept as
/// an interval, so that due times can be counted anew whenever urgency, calendar or level change.
/// </summary>
public sealed class RepairPause
{
    private RepairPause() { }

    internal RepairPause(DateTimeOffset from, HoldReason? reason) => (From, Reason) = (from, reason);

    public long Id { get; private set; }
    public long TicketId { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? To { get; private set; }

    /// <summary>Null when it waited for verification.</summary>
    public HoldReason? Reason { get; private set; }

    internal void End(DateTimeOffset at) => To = at;

    /// <summary>Lasts as long as it did before a verb that was undone.</summary>
    internal void Last(DateTimeOffset? to) => To = to;
}
