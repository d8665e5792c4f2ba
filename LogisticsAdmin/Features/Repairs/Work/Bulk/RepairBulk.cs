using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work.Bulk;

/// <summary>
/// Performs one verb on many tickets, for the office. Each ticket is handled independently: a refusal does not affect the others. Works in
/// batches, so that other writes can run in between; all batches share one change set and are undone together.
/// </summary>
public sealed class RepairBulk(RepairService repairs, CurrentUser user, UndoOffers undo, ILogger<RepairBulk> log)
{
    private const int Batch = 50;

    /// <summary>
    /// Performs the action and reports <paramref name="progress"/> after each batch. Cancelling takes effect between batches; completed work
    /// stays and is in the result. Throws Forbidden or Rejected only for what applies to every ticket.
    /// </summary>
    public async Task<BulkResult> RunAsync(BulkRequest request, IProgress<BulkProgress>? progress = null, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var action = request.Action;
        action.Demand();
        // A draft photo can be bound to only one ticket; all other tickets would lose it.
        if (action.Photos.Count > 0) throw Rejected.Because<WorkText>("BulkPhotos");
        if (!BulkRequest.Verbs.Contains(action.Verb)) throw new ArgumentOutOfRangeException(nameof(request), action.Verb, "Not a verb for many tickets.");
        var tickets = request.Tickets.DistinctBy(t => t.Id).ToList();
        if (tickets.Count > BulkRequest.MaxTickets) throw Rejected.Because<WorkText>("BulkTooMany", BulkRequest.MaxTickets);

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
                done.AddRange(batch.Select(t => t.Id).Except(refusals.Select(r => r.Id)));
            }
            catch (Exception e) when (e is not Refusal)
            {
                // The transaction was rolled back. The result names the tickets of this batch, and the next batches continue.
                var errorReference = ErrorReference.New();
                log.BulkFailed(e, action.Verb, batch.Length, errorReference);
                refused.AddRange(batch.Select(t => new BulkRefusal(t.Id, t.Number, null, errorReference)));
            }
            progress?.Report(new BulkProgress(done.Count, refused.Count, tickets.Count));
            // SQLite's calls end synchronously: without a pause the page would show no progress, and take no click to stop, until all is done.
            await Task.Yield();
        }
        var left = tickets.Count - done.Count - refused.Count;
        log.BulkPerformed(action.Verb, user.ActorOrNull?.PersonId, done.Count, refused.Count, left);
        if (set is { } made) undo.Offer(made);
        return new BulkResult(done, refused, left);
    }
}
