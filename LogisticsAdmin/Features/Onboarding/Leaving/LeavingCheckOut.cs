using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>
/// 退宿 of people of a round, one or many, by administrators and dispatchers. Works in batches so that other writes run in between; cancelling stops
/// between batches.
/// </summary>
public sealed class LeavingCheckOut(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IEnumerable<ICheckOutStep> steps, LeavingUndo undo,
    ILogger<LeavingCheckOut> log)
{
    /// <summary>So many can be checked out in one act.</summary>
    public const int Most = 5_000;

    /// <summary>Everything else that is written waits for a batch.</summary>
    private const int Batch = 10;

    /// <summary>
    /// Checks out those whom nothing holds up, tells them, and returns the others with what does. All who are named count as leaving, so that nobody is
    /// asked to settle for a room that somebody else of them leaves last. Throws NotFound for an unknown round, Rejected for a closed one.
    /// </summary>
    public async Task<LeavingResult> CheckOutAsync(
        long roundId, IReadOnlyList<long> leaverIds, IProgress<LeavingProgress>? progress = null, CancellationToken ct = default)
    {
        user.Actor.DemandCheckingIn();
        List<long> all = [.. leaverIds.Distinct()];
        if (all.Count > Most) throw Rejected.Because<LeavingText>("TooMany", Most);
        List<long> done = [];
        List<HeldLeaver> held = [];
        long? step = null;
        foreach (var batch in all.Chunk(Batch))
        {
            if (ct.IsCancellationRequested) break;
            try
            {
                var result = await WriteAsync(roundId, all, batch, step);
                step = result.Step;
                done.AddRange(result.Done);
                held.AddRange(result.Held);
            }
            catch (Refusal) when (done.Count + held.Count > 0)
            {
                // The round was closed meanwhile, or the right is gone: what was done is reported, and can be undone.
                break;
            }
            catch (Exception e) when (e is not Refusal)
            {
                // The transaction was rolled back: nobody of this batch has left, and the next batches continue.
                log.CheckOutFailed(e, roundId, batch.Length);
                held.AddRange(batch.Select(id => new HeldLeaver(id, "", [])));
            }
            progress?.Report(new LeavingProgress(done.Count, held.Count, all.Count));
            // SQLite completes without yielding: the dialog would neither show the progress nor hear that it is stopped.
            await Task.Yield();
        }
        undo.Offer(step);
        return new LeavingResult(done, held, all.Count - done.Count - held.Count);
    }

    private async Task<(List<long> Done, List<HeldLeaver> Held, long? Step)> WriteAsync(long roundId, List<long> all, long[] batch, long? step)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandCheckingIn();
            LeavingService.DemandOpen(await db.LeavingRounds.SingleOrDefaultAsync(r => r.Id == roundId, token) ?? throw new NotFound());
            List<long> done = [];
            List<HeldLeaver> held = [];
            var leaving = await db.Leavers.Where(l => l.RoundId == roundId && l.CheckedOutAt == null && EF.Parameter(all).Contains(l.Id))
                .Select(l => l.PersonId).ToHashSetAsync(token);
            var recorded = await undo.RecordAsync(db, nameof(LeavingAct.CheckOut), batch, async () =>
            {
                var leavers = await db.Leavers.Where(l => l.RoundId == roundId && EF.Parameter(batch).Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(token);
                foreach (var leaver in leavers)
                {
                    if (await HeldAsync(db, leaver, leaving, token) is { } why) held.Add(why);
                    else done.Add(leaver.Id);
                }
            }, token, isBulk: all.Count > 1, step);
            db.Announce(new KeyChanged(OnboardingTopics.Leaving, roundId));
            return (done, held, recorded);
        }, CancellationToken.None);
    }

    /// <summary>Checks somebody out: null, or what holds them up.</summary>
    private async Task<HeldLeaver?> HeldAsync(LogisticsDb db, Leaver leaver, HashSet<long> leaving, CancellationToken ct)
    {
        var person = await db.Users.SingleAsync(p => p.Id == leaver.PersonId, ct);
        if (leaver.CheckedOutAt is not null || person.RoomId is not { } room || person.RetiredAt is not null)
            return new HeldLeaver(leaver.Id, person.FullName, []) { Why = Rejected.Because<LeavingText>("HasLeft") };
        List<CheckOutHold> holds = [];
        foreach (var step in steps) holds.AddRange(await step.HoldsAsync(db, person.Id, leaving, ct));
        if (holds.Count > 0) return new HeldLeaver(leaver.Id, person.FullName, holds);
        var building = await db.Rooms.Where(r => r.Id == room).Select(r => r.BuildingId).FirstAsync(ct);
        leaver.CheckOut(room, person.BedId, user.PersonId, office.Now);
        LeavingNotices.TellCheckedOut(db, leaver, office.Now);
        await Housing.MoveAsync(db, person, null, null, office.Now, ct, user.PersonId);
        db.Announce(new KeyChanged(PlacesTopics.Places, building));
        db.Announce(new KeyChanged(PersonRecords.Topic, person.Id));
        return null;
    }
}
