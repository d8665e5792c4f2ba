using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>
/// Removes what is older than its period, kind by kind, one run at a time. Each batch is a write of its own in which the period is read again,
/// so others write in between, and a longer period holds from then on. A run that a crash interrupted goes on with the next one.
/// </summary>
public sealed class RetentionRunner(IServiceScopeFactory scopes, OfficeTime office, TimeProvider clock)
{
    public const string Topic = "retention";

    /// <summary>When the nightly run is due, in the office's time zone.</summary>
    public static readonly TimeOnly Night = new(3, 0);

    private int _running;
    private volatile bool _isStopping;

    public bool IsRunning => Volatile.Read(ref _running) == 1;

    /// <summary>The next nightly run.</summary>
    public DateTimeOffset Next => office.At(office.Today, Night) is var today && today > clock.GetUtcNow() ? today : office.At(office.Today.AddDays(1), Night);

    /// <summary>Data of a kind that is older than this is removed; months end on the day of the same number.</summary>
    public DateTimeOffset CutoffOf(int months) => office.At(office.Today.AddMonths(-months), TimeOnly.MinValue);

    /// <summary>Ends the run that is in progress after its batch.</summary>
    public void Stop() => _isStopping = true;

    /// <summary>
    /// Whether the nightly run is due: none has begun since three o'clock, or one was interrupted. Periods that were changed since then wait
    /// for the next night, so that a mistake can be corrected.
    /// </summary>
    public async Task<bool> IsDueAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.RetentionRuns.AnyAsync(r => r.FinishedAt == null, ct)) return true;
        var night = office.At(office.DayOf(Next).AddDays(-1), Night);
        return await db.RetentionSettings.AsNoTracking().SingleOrDefaultAsync(ct) is { } settings
            && settings.ChangedAt < night && Array.Exists(Enum.GetValues<RetentionKind>(), k => settings.ToForm().Months(k) is not null)
            && !await db.RetentionRuns.AnyAsync(r => r.StartedAt >= night, ct);
    }

    /// <summary>Runs to the end, until it is stopped, or until the app ends. Refuses while another run is in progress.</summary>
    public async Task RunAsync(Actor actor, CancellationToken ct)
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 1) throw Rejected.Because<RetentionText>("AlreadyRunning");
        _isStopping = false;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(actor);
            var databases = scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>();
            foreach (var id in await BeginAsync(databases, actor.PersonId, ct))
            {
                while (await StepAsync(databases, id, ct))
                    ct.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>The runs to do: those that were interrupted, and a new one for each other kind that has a period.</summary>
    private async Task<List<long>> BeginAsync(IDbContextFactory<LogisticsDb> databases, long? requestedById, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            var periods = await PeriodsAsync(db, token);
            var runs = await db.RetentionRuns.Where(r => r.FinishedAt == null).OrderBy(r => r.Id).ToListAsync(token);
            foreach (var kind in Enum.GetValues<RetentionKind>().Where(k => runs.TrueForAll(r => r.Kind != k)))
            {
                if (periods.Months(kind) is not { } months) continue;
                runs.Add(new RetentionRun(kind, CutoffOf(months), clock.GetUtcNow(), requestedById));
                db.Add(runs[^1]);
            }
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(Topic, 0));
            return runs.ConvertAll(r => r.Id);
        }, ct);
    }

    /// <summary>Removes one batch; false when the run has ended.</summary>
    private async Task<bool> StepAsync(IDbContextFactory<LogisticsDb> databases, long id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.RetentionRuns.AsNoTracking().FirstAsync(r => r.Id == id, ct);
        var batch = await RetainedData.NextAsync(db, found.Kind, found.Cutoff, ct);
        return await db.WriteAsync(async token =>
        {
            var run = await db.RetentionRuns.FirstAsync(r => r.Id == id, token);
            var months = (await PeriodsAsync(db, token)).Months(run.Kind);
            if (months is { } period && CutoffOf(period) < run.Cutoff) run.KeepSince(CutoffOf(period));
            var isStopped = _isStopping || months is null;
            if (!isStopped) run.Count(await RetainedData.RemoveAsync(db, run.Kind, run.Cutoff, batch, clock.GetUtcNow(), token));
            var isOver = isStopped || batch.Count == 0;
            if (isOver)
            {
                var leftOut = run.Kind == RetentionKind.People ? await FormerPeople.WithOpenMatters(db, run.Cutoff).CountAsync(token) : 0;
                run.Finish(leftOut, isStopped, clock.GetUtcNow());
            }
            db.Announce(new KeyChanged(Topic, id));
            return !isOver;
        }, ct);
    }

    private static async Task<RetentionForm> PeriodsAsync(LogisticsDb db, CancellationToken ct) =>
        (await db.RetentionSettings.AsNoTracking().SingleOrDefaultAsync(ct))?.ToForm() ?? new RetentionForm();
}
