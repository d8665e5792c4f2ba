using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>What all changes of these settings share: only administrators make them, and open pages and the readers' board hear of them.</summary>
public sealed class NewsSettingsWriter(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, NewsBoard board, ILogger<NewsSettingsWriter> log)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public long Me => user.PersonId;

    /// <summary>Runs a change in one write and returns what it returns, the id of what changed.</summary>
    public async Task<long> RunAsync(string what, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandNewsSettings();
            var changed = await work(db, token);
            db.Announce(new KeyChanged(NewsTopics.Settings, changed));
            return changed;
        }, ct);
        board.Invalidate();
        log.SettingsChanged(what, id, user.ActorOrNull?.PersonId);
        return id;
    }

    /// <summary>As the other, and offers to undo what it did to this thing.</summary>
    internal async Task RunAsync(
        string what, StepUndo undo, NewsSettingAct act, long id, Func<LogisticsDb, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await RunAsync(what, async (db, token) =>
        {
            step = await undo.RecordAsync(db, act.ToString(), [id], () => work(db, token), token);
            return id;
        }, ct);
        undo.Offer(step);
    }
}
