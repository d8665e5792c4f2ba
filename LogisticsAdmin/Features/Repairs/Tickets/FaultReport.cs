namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What decides which tickets report the same fault, and the marks that a ticket has because of it.</summary>
public sealed record FaultReport(
    long Id, long RoomId, long CategoryId, TicketStatus Status, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, int Repeats, long? ReworkOfId)
{
    public static FaultReport Of(RepairTicket t) => new(t.Id, t.RoomId, t.CategoryId, t.Status, t.SubmittedAt, t.EndedAt, t.Repeats, t.ReworkOfId);

    private bool Counts => Status is not (TicketStatus.Rejected or TicketStatus.Cancelled);

    /// <summary>
    /// The marks of each of the tickets of one room and category: how many others were reported within
    /// <see cref="CampusRules.RepeatWithin"/> before it and not rejected or cancelled, and the last that was closed within
    /// <see cref="CampusRules.ReworkWithin"/> before it.
    /// </summary>
    public static IEnumerable<(FaultReport Report, int Repeats, long? ReworkOfId)> Marks(IEnumerable<FaultReport> sameFault)
    {
        List<FaultReport> reports = [.. sameFault.OrderBy(r => r.SubmittedAt).ThenBy(r => r.Id)];
        List<FaultReport> closed = [.. reports.Where(r => r is { Status: TicketStatus.Closed, EndedAt: not null }).OrderBy(r => r.EndedAt)];
        var (first, ended, repeats) = (0, 0, 0);
        foreach (var report in reports)
        {
            for (; reports[first].SubmittedAt < report.SubmittedAt - CampusRules.RepeatWithin; first++)
                if (reports[first].Counts) repeats--;
            while (ended < closed.Count && closed[ended].EndedAt <= report.SubmittedAt) ended++;
            var last = ended - 1;
            while (last >= 0 && !closed[last].IsBefore(report)) last--;
            var isRework = last >= 0 && closed[last].EndedAt >= report.SubmittedAt - CampusRules.ReworkWithin;
            yield return (report, repeats, isRework ? closed[last].Id : null);
            if (report.Counts) repeats++;
        }
    }

    private bool IsBefore(FaultReport other) => (SubmittedAt, Id).CompareTo((other.SubmittedAt, other.Id)) < 0;
}
