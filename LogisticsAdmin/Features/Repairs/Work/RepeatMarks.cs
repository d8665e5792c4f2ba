using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Computes the marks of repeated faults again, in the write that makes them differ: a correction of place or category and its undo, and an
/// import of tickets and its undo. Of other tickets only those are read that may count for or be counted by the changed ones.
/// </summary>
internal static class RepeatMarks
{
    private const int PerQuery = 500;

    /// <summary>After a verb that moved the ticket from this room and category: its own marks, and those of the tickets around it.</summary>
    public static async Task AfterMoveAsync(LogisticsDb db, RepairTicket moved, long fromRoomId, long fromCategoryId, CancellationToken ct)
    {
        if ((moved.RoomId, moved.CategoryId) == (fromRoomId, fromCategoryId)) return;
        var (toRoomId, toCategoryId, id) = (moved.RoomId, moved.CategoryId, moved.Id);
        var (since, until) = Around(moved.SubmittedAt, moved.EndedAt ?? moved.SubmittedAt);
        // Tracked, so that the moved ticket is here with its new place, and each changed mark reaches the open pages.
        var tickets = await db.RepairTickets.Where(t =>
            ((t.RoomId == fromRoomId && t.CategoryId == fromCategoryId) || (t.RoomId == toRoomId && t.CategoryId == toCategoryId))
            && ((t.SubmittedAt >= since && t.SubmittedAt <= until) || t.EndedAt >= since || t.ReworkOfId == id)).ToListAsync(ct);
        if (!tickets.Contains(moved)) tickets.Add(moved);
        foreach (var same in tickets.GroupBy(t => (t.RoomId, t.CategoryId)))
        {
            var byId = same.ToDictionary(t => t.Id);
            foreach (var (report, repeats, reworkOf) in FaultReport.Marks(same.Select(FaultReport.Of)))
            {
                // What was reported before is not affected, and not all that counts for it was read.
                if (report.Id == id || report.ReworkOfId == id || (report.SubmittedAt >= moved.SubmittedAt && report.SubmittedAt <= until))
                    byId[report.Id].MarkRepeats(repeats, reworkOf);
            }
        }
    }

    /// <summary>After tickets were added in bulk: their own marks, and those of the tickets around them.</summary>
    public static Task AfterAddAsync(LogisticsDb db, BulkWriter bulk, IReadOnlyCollection<RepairTicket> added, CancellationToken ct) =>
        RecalculateAsync(db, bulk, added, areRemoved: false, ct);

    /// <summary>Before tickets are removed in bulk: nothing refers to them afterwards.</summary>
    public static Task BeforeRemoveAsync(LogisticsDb db, BulkWriter bulk, IReadOnlyCollection<RepairTicket> removed, CancellationToken ct) =>
        RecalculateAsync(db, bulk, removed, areRemoved: true, ct);

    private static async Task RecalculateAsync(
        LogisticsDb db, BulkWriter bulk, IReadOnlyCollection<RepairTicket> changed, bool areRemoved, CancellationToken ct)
    {
        if (changed.Count == 0) return;
        var known = changed.ToDictionary(c => c.Id);
        var faults = changed.Select(c => (c.RoomId, c.CategoryId)).ToHashSet();
        var first = changed.Min(c => c.SubmittedAt);
        var (since, until) = Around(first, changed.Max(c => c.EndedAt > c.SubmittedAt ? c.EndedAt.Value : c.SubmittedAt));
        foreach (var some in faults.Select(f => f.RoomId).Distinct().Chunk(PerQuery))
        {
            var rooms = some.ToList();
            var reports = await db.RepairTickets.AsNoTracking()
                .Where(t => rooms.Contains(t.RoomId) && ((t.SubmittedAt >= since && t.SubmittedAt <= until) || t.EndedAt >= since))
                .Select(t => new FaultReport(t.Id, t.RoomId, t.CategoryId, t.Status, t.SubmittedAt, t.EndedAt, t.Repeats, t.ReworkOfId)).ToListAsync(ct);
            Dictionary<long, (int Repeats, long? ReworkOfId)> marks = [];
            foreach (var same in reports.GroupBy(r => (r.RoomId, r.CategoryId)).Where(g => faults.Contains(g.Key)))
            {
                foreach (var (report, repeats, reworkOf) in FaultReport.Marks(same.Where(r => !areRemoved || !known.ContainsKey(r.Id))))
                {
                    if (report.SubmittedAt >= first && report.SubmittedAt <= until && (repeats, reworkOf) != (report.Repeats, report.ReworkOfId))
                        marks[report.Id] = (repeats, reworkOf);
                }
            }
            // Tickets that are removed may refer to each other.
            foreach (var report in reports.Where(r => areRemoved && r.ReworkOfId is not null && known.ContainsKey(r.Id)))
                marks[report.Id] = (report.Repeats, null);
            foreach (var ids in marks.Keys.Chunk(PerQuery))
            {
                List<long> others = [.. ids.Where(id => !known.ContainsKey(id))];
                List<RepairTicket> tickets = others.Count == 0 ? []
                    : await db.RepairTickets.AsNoTracking().IgnoreAutoIncludes().Where(t => others.Contains(t.Id)).ToListAsync(ct);
                tickets.AddRange(ids.Where(known.ContainsKey).Select(id => known[id]));
                foreach (var ticket in tickets) ticket.MarkRepeats(marks[ticket.Id].Repeats, marks[ticket.Id].ReworkOfId);
                bulk.Update(tickets, [nameof(RepairTicket.Repeats), nameof(RepairTicket.ReworkOfId)], ct);
            }
        }
    }

    /// <summary>The time in which tickets may count for these, or be counted by them.</summary>
    private static (DateTimeOffset Since, DateTimeOffset Until) Around(DateTimeOffset first, DateTimeOffset last)
    {
        var reach = CampusRules.ReworkWithin > CampusRules.RepeatWithin ? CampusRules.ReworkWithin : CampusRules.RepeatWithin;
        return (first - reach, last + reach);
    }
}
