namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What decides which tickets report the same fault, and the marks that a ticket has because of it.</summary>
public sealed record FaultReport(
    long Id, long RoomId, long CategoryId, TicketStatus Status, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, int Repeats, long? ReworkOfId)
{
    public static FaultReport Of(RepairTicket t) => new(t.Id, t.RoomId, t.CategoryId, t.Status, t.SubmittedAt, t.EndedAt, t.Repeats, t.ReworkOfId);

    /// <summary>
    /// The marks of this ticket among the others of its room and category: how many were reported within
    /// <see cref="CampusRules.RepeatWithin"/> before it and not rejected or cancelled, and the last that was closed within
    /// <see cref="CampusRules.ReworkWithin"/> before it.
    /// </summary>
    public (int Repeats, long? ReworkOfId) MarksAmong(IEnumerable<FaultReport> sameFault)
    {
        var (repeats, reworkOf) = (0, default(FaultReport));
        foreach (var other in sameFault.Where(o => o.Id != Id))
        {
            if (other.IsBefore(this) && other.SubmittedAt >= SubmittedAt - CampusRules.RepeatWithin
                && other.Status is not (TicketStatus.Rejected or TicketStatus.Cancelled))
            {
                repeats++;
            }
            if (other.Status == TicketStatus.Closed && other.EndedAt is { } ended && ended <= SubmittedAt && ended >= SubmittedAt - CampusRules.ReworkWithin
                && (reworkOf is null || ended > reworkOf.EndedAt))
            {
                reworkOf = other;
            }
        }
        return (repeats, reworkOf?.Id);
    }

    private bool IsBefore(FaultReport other) => (SubmittedAt, Id).CompareTo((other.SubmittedAt, other.Id)) < 0;
}
