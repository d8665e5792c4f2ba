using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>
/// Frees beds whose hold ran out and those of people who were deleted, and enrols people who were recorded since the season was opened. Each write is
/// short.
/// </summary>
internal sealed class SeasonRunner(IDbContextFactory<LogisticsDb> databases, OfficeTime office, ILogger<SeasonRunner> log)
{
    private const int Holds = 50;

    public async Task RunAsync(CancellationToken ct)
    {
        var (freed, enrolled) = (await FreeAsync(ct), await EnrolAsync(ct));
        if (freed + enrolled > 0) log.SeasonRan(freed, enrolled);
    }

    /// <summary>The moment at which the next hold runs out; null when none does before <paramref name="until"/>.</summary>
    public async Task<DateTimeOffset?> NextEndAsync(DateTimeOffset until, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Freshmen.AsNoTracking().Where(f => f.HeldUntil < until && f.BedId != null && f.CheckedInAt == null)
            .OrderBy(f => f.HeldUntil).Select(f => f.HeldUntil).FirstOrDefaultAsync(ct);
    }

    /// <summary>Frees the beds whose hold ran out and those of people who were deleted, and tells open pages; returns how many.</summary>
    public async Task<int> FreeAsync(CancellationToken ct)
    {
        var freed = 0;
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var now = office.Now;
            var due = await Due(db, now).OrderBy(f => f.Id).Select(f => f.Id).Take(Holds).ToListAsync(ct);
            if (due.Count == 0) break;
            freed += await db.WriteAsync(token => FreeAsync(db, due, now, token), ct);
            more = due.Count == Holds;
        }
        return freed;
    }

    private static async Task<int> FreeAsync(LogisticsDb db, List<long> due, DateTimeOffset now, CancellationToken ct)
    {
        // The bed may have been chosen, or another one held, meanwhile.
        var ended = await Due(db, now).Where(f => EF.Parameter(due).Contains(f.Id)).ToListAsync(ct);
        var beds = ended.Select(f => f.BedId).OfType<long>().ToList();
        var buildings = await db.Beds.Where(b => EF.Parameter(beds).Contains(b.Id)).Select(b => b.Room.BuildingId).Distinct().ToListAsync(ct);
        foreach (var freshman in ended)
        {
            freshman.LeaveBed();
            db.Announce(new KeyChanged(OnboardingTopics.Freshmen, freshman.PersonId));
        }
        foreach (var building in buildings) db.Announce(new KeyChanged(OnboardingTopics.Beds, building));
        return ended.Count;
    }

    private static IQueryable<Freshman> Due(LogisticsDb db, DateTimeOffset now)
    {
        var gone = db.Users.Where(p => p.RetiredAt != null);
        return db.Freshmen.Where(f => f.BedId != null && f.CheckedInAt == null && (f.HeldUntil <= now || gone.Any(p => p.Id == f.PersonId)));
    }

    private async Task<int> EnrolAsync(CancellationToken ct)
    {
        var enrolled = 0;
        for (var added = SeasonService.Batch; added == SeasonService.Batch; enrolled += added)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var open = await db.OnboardingSeasons.AsNoTracking().SingleOrDefaultAsync(s => s.State == SeasonState.Open, ct);
            // Asked outside the write first: most of the time there is nobody, and the writer is needed elsewhere.
            if (open is null || !await Enrolment.Missing(db, open).AnyAsync(ct)) break;
            added = await db.WriteAsync(async token =>
            {
                var season = await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.Id == open.Id && s.State == SeasonState.Open, token);
                var count = season is null ? 0 : await Enrolment.EnrolAsync(db, season, token, most: SeasonService.Batch);
                if (count > 0) db.Announce(new KeyChanged(OnboardingTopics.Seasons, open.Id));
                return count;
            }, ct);
        }
        return enrolled;
    }
}
