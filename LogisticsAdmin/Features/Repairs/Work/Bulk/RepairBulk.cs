using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work.Bulk;

/// <summary>
/// One verb on many tickets, by the office. Each ticket judges for itself, and what one refuses the others do. Works in batches, so that
/// single verbs of others get their turn in between; one change set undoes all of it.
/// </summary>
public sealed class RepairBulk(RepairService repairs, CurrentUser user, UndoOffers undo, ILogger<RepairBulk> log)
{
    private const int Batch = 50;

    /// <summary>
    /// Performs it, telling <paramref name="progress"/> after each batch. Cancelling stops between batches: what was done stays done and
    /// is in the result. Refuses as a whole, with Forbidden or Rejected, only what holds for every ticket.
    /// </summary>
    public async Task<BulkResult> RunAsync(BulkRequest request, IProgress<BulkProgress>? progress = null, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var action = request.Action;
        action.Demand();
        // A draft photo belongs to one reply; with many tickets all but one would lose it.
        if (action.Photos.Count > 0) throw Rejected.Because<RepairsText>("BulkPhotos");
        if (!BulkRequest.Verbs.Contains(action.Verb)) throw new ArgumentOutOfRangeException(nameof(request), action.Verb, "Not a verb for many tickets.");
        var tickets = request.Tickets.DistinctBy(t => t.Id).ToList();
        if (tickets.Count > BulkRequest.Most) throw Rejected.Because<RepairsText>("BulkTooMany", BulkRequest.Most);

        List<long> done = [];
        List<BulkRefusal> refused = [];
        long? set = null;
        foreach (var batch in tickets.Chunk(Batch))
        {
            if (ct.IsCancellationRequested) break;
            try
            {
                (set, var refusals) = await repairs.PerformAsync(action, batch, set);
                refused.AddRange(refusals);
                done.AddRange(batch.Select(t => t.Id).Except(refusals.Select(r => r.TicketId)));
            }
            catch (Exception e) when (e is not Refusal)
            {
                // Its transaction is undone by itself; the person hears which tickets that were, and the others go on.
                var fault = FaultId.New();
                log.BulkFailed(e, action.Verb, batch.Length, fault);
                refused.AddRange(batch.Select(t => new BulkRefusal(t.Id, t.Number, null, fault)));
            }
            progress?.Report(new BulkProgress(done.Count, refused.Count, tickets.Count));
        }
        var left = tickets.Count - done.Count - refused.Count;
        log.BulkPerformed(action.Verb, user.Unchecked?.PersonId, done.Count, refused.Count, left);
        if (set is { } made) undo.Offer(made);
        return new BulkResult(done, refused, left);
    }
}
