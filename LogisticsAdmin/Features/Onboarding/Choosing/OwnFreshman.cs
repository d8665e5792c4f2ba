using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>
/// A person's own place in a season, read in one query; <paramref name="HasHome"/>: they live somewhere already. Of several seasons it is that of the
/// open one, else of the last.
/// </summary>
internal sealed record OwnFreshman(Freshman Freshman, OnboardingSeason Season, SeasonGroup Group, Gender Gender, bool HasHome)
{
    public bool IsOpen => Season.State == SeasonState.Open;

    /// <summary>Null for somebody who is in no season that students see.</summary>
    public static Task<OwnFreshman?> FindAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        var (seasons, groups, users) = (db.OnboardingSeasons, db.SeasonGroups, db.Users);
        return (
            from freshman in db.Freshmen
            where freshman.PersonId == personId
            join season in seasons on freshman.SeasonId equals season.Id
            where season.State != SeasonState.Draft
            join g in groups on freshman.GroupId equals g.Id
            join person in users on freshman.PersonId equals person.Id
            orderby season.State == SeasonState.Open descending, freshman.Id descending
            select new OwnFreshman(freshman, season, g, person.Gender, person.RoomId != null || person.BedId != null)).FirstOrDefaultAsync(ct);
    }

    /// <summary>The place in the open season, which the person gets now when they belong to it. To be called inside a write.</summary>
    /// <exception cref="NotFound">The person is in no season.</exception>
    /// <exception cref="Rejected">Their season is closed, unless <paramref name="alsoClosed"/> allows it.</exception>
    public static async Task<OwnFreshman> DemandAsync(
        LogisticsDb db, long personId, CancellationToken ct, Func<Freshman, bool>? alsoClosed = null)
    {
        var own = await FindAsync(db, personId, ct);
        if (own is { IsOpen: true }) return own;
        if (await db.OnboardingSeasons.SingleOrDefaultAsync(s => s.State == SeasonState.Open, ct) is { } season
            && await Enrolment.EnrolAsync(db, season, ct, personId) > 0)
        {
            await db.SaveChangesAsync(ct);
            own = await FindAsync(db, personId, ct);
        }
        if (own is null) throw new NotFound();
        return own.IsOpen || alsoClosed?.Invoke(own.Freshman) == true ? own : throw Rejected.Because<ChoosingText>("SeasonClosed");
    }

    /// <summary>Whether somebody without a place belongs to the open season, see <see cref="Enrolment"/>.</summary>
    public static async Task<OnboardingSeason?> AwaitedByAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        var (users, classes) = (db.Users, db.GroupClasses);
        return await (
            from season in db.OnboardingSeasons
            where season.State == SeasonState.Open
            from person in users
            where person.Id == personId && person.Status == PersonStatus.Expected && person.Grade == season.Grade && person.RetiredAt == null
                && classes.Any(c => c.SeasonId == season.Id && c.ClassName == person.ClassName)
            select season).AsNoTracking().FirstOrDefaultAsync(ct);
    }
}
