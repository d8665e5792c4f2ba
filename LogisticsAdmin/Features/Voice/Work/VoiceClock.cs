using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>Time-driven changes: cases become late once, those responsible are told step by step, and what nobody objected to is closed.</summary>
public sealed class VoiceClock(IDbContextFactory<LogisticsDb> databases, TimeProvider clock, VoiceWork work)
{
    private const int Batch = 200;

    /// <summary>Applies everything that is due by now. What it did is stored with the cases, so nothing is repeated after a restart.</summary>
    public async Task TickAsync(CancellationToken ct = default)
    {
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var now = clock.GetUtcNow();
            if (!await db.VoiceCases.AnyAsync(c => c.WatchAt <= now, ct)) return;
            more = await db.WriteAsync(async token =>
            {
                var times = await work.TimesAsync(db, token);
                var due = await db.VoiceCases.Where(c => c.WatchAt <= now).OrderBy(c => c.WatchAt).Take(Batch).ToListAsync(token);
                foreach (var sent in due)
                {
                    var wasEnded = sent.State.IsEnded();
                    var steps = sent.ApplyElapsedTime(times, now);
                    await VoiceNotices.EscalateAsync(db, sent, steps, now, token);
                    if (!wasEnded && sent.State.IsEnded()) await VoiceNotices.WriteAsync(db, sent, VoiceVerb.Close, null, now, token);
                    sent.Recalculate(times, now);
                }
                return due.Count == Batch;
            }, ct);
        }
    }

    /// <summary>Recalculates the limits of all open cases, after the calendar or the limits changed. Returns how many have other ones now.</summary>
    public async Task<int> RecalculateAsync(CancellationToken ct = default)
    {
        var (changed, last) = (0, 0L);
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            if (!await db.VoiceCases.AnyAsync(c => c.Id > last && VoiceVerbs.Open.Contains(c.State), ct)) break;
            more = await db.WriteAsync(async token =>
            {
                var (times, now) = (await work.TimesAsync(db, token), clock.GetUtcNow());
                var open = await db.VoiceCases.Where(c => c.Id > last && VoiceVerbs.Open.Contains(c.State)).OrderBy(c => c.Id).Take(Batch).ToListAsync(token);
                foreach (var sent in open)
                {
                    var before = (sent.AnswerDueAt, sent.DueAt);
                    sent.Recalculate(times, now);
                    if (before != (sent.AnswerDueAt, sent.DueAt)) changed++;
                }
                last = open.Count == 0 ? last : open[^1].Id;
                return open.Count == Batch;
            }, ct);
        }
        return changed;
    }
}
