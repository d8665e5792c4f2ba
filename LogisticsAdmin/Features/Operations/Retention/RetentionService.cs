using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>How long personal data is kept, for administrators; everybody else is refused as <see cref="Forbidden"/>.</summary>
public sealed class RetentionService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, RetentionRunner runner, OfficeTime office, IHostApplicationLifetime lifetime,
    TimeProvider clock)
{
    /// <summary>How many people and runs the page lists.</summary>
    public const int ShownPeople = 200, ShownRuns = 30;

    private static readonly RetentionFormValidator Rules = new();

    public async Task<RetentionView> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOperations();
        await using var db = await databases.CreateDbContextAsync(ct);
        var periods = (await db.RetentionSettings.AsNoTracking().SingleOrDefaultAsync(ct))?.ToForm() ?? new RetentionForm();
        IReadOnlyList<FormerPerson> people = [];
        if (periods.PeopleMonths is { } months)
        {
            people = await FormerPeople.Due(db, runner.CutoffOf(months)).OrderBy(p => p.RetiredAt ?? p.GraduatedAt).ThenBy(p => p.Id).Take(ShownPeople)
                .Select(p => new FormerPerson(p.Id, p.FullName, p.Number, (p.RetiredAt ?? p.GraduatedAt)!.Value)).ToListAsync(ct);
        }
        return new RetentionView(periods, await PreviewAsync(db, periods, ct), people, runner.Next);
    }

    /// <summary>The last runs, the newest first.</summary>
    public async Task<IReadOnlyList<RetentionRunRow>> RunsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOperations();
        await using var db = await databases.CreateDbContextAsync(ct);
        var runs = await (
            from run in db.RetentionRuns.AsNoTracking()
            orderby run.Id descending
            join p in db.Users on run.RequestedById equals p.Id into people
            from person in people.DefaultIfEmpty()
            select new { Run = run, By = person.FullName }).Take(ShownRuns).ToListAsync(ct);
        return [.. runs.Select(r => new RetentionRunRow(r.Run.Id, r.Run.Kind, office.DayOf(r.Run.Cutoff), r.Run.StartedAt, r.Run.FinishedAt, r.Run.Done,
            r.Run.LeftOut, r.Run.IsStopped, r.By))];
    }

    /// <summary>What a run with these periods would remove now. Periods that are not allowed are left out.</summary>
    public async Task<IReadOnlyList<RetentionPreview>> PreviewAsync(RetentionForm form, CancellationToken ct = default)
    {
        user.Actor.DemandOperations();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await PreviewAsync(db, form, ct);
    }

    /// <summary>Stores the periods; nothing is removed before the next night. Refuses as Stale what somebody else changed meanwhile.</summary>
    public async Task SaveAsync(RetentionForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOperations();
            var stored = await db.RetentionSettings.SingleOrDefaultAsync(token);
            if ((stored?.Version ?? 0) != form.Version) throw new Stale(await db.LastChangedByAsync<RetentionSettings>(stored?.Id ?? 0, token), null);
            if (stored is null) db.Add(stored = new RetentionSettings());
            stored.Set(form, clock.GetUtcNow());
            db.Announce(new KeyChanged(RetentionRunner.Topic, 0));
        }, ct);
    }

    public bool IsRunning => runner.IsRunning;

    /// <summary>Removes now what is older than its period. It runs to its end even if the page is left meanwhile.</summary>
    public Task RunAsync()
    {
        var actor = user.Actor;
        actor.DemandOperations();
        return Task.Run(() => runner.RunAsync(actor, lifetime.ApplicationStopping));
    }

    /// <summary>Ends the run in progress; what it removed stays removed.</summary>
    public void Stop()
    {
        user.Actor.DemandOperations();
        runner.Stop();
    }

    private async Task<IReadOnlyList<RetentionPreview>> PreviewAsync(LogisticsDb db, RetentionForm form, CancellationToken ct)
    {
        List<RetentionPreview> previews = [];
        foreach (var kind in Enum.GetValues<RetentionKind>())
        {
            if (form.Months(kind) is not { } months || months < RetentionLimits.Least(kind) || months > RetentionLimits.Most) continue;
            var cutoff = runner.CutoffOf(months);
            var leftOut = kind == RetentionKind.People ? await FormerPeople.WithOpenMatters(db, cutoff).CountAsync(ct) : 0;
            previews.Add(new RetentionPreview(kind, months, office.DayOf(cutoff), await RetainedData.CountAsync(db, kind, cutoff, ct), leftOut));
        }
        return previews;
    }
}
