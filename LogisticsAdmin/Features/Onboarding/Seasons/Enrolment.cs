using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Makes people freshmen of a season: those who have not arrived yet, are of its year and in a class of one of its groups.</summary>
internal static class Enrolment
{
    /// <summary>Somebody who is to be in a group.</summary>
    internal sealed record Place
    {
        public long PersonId { get; init; }
        public long GroupId { get; init; }
    }

    /// <summary>
    /// Adds those who are missing, and moves those who have no bed yet to the group of the class that they have now. To be called inside a write;
    /// returns how many were added. With <paramref name="onlyPerson"/> only this one, and with <paramref name="most"/> so many people at most.
    /// </summary>
    public static async Task<int> EnrolAsync(
        LogisticsDb db, OnboardingSeason season, CancellationToken ct, long? onlyPerson = null, int most = int.MaxValue)
    {
        var found = await Missing(db, season, onlyPerson).OrderBy(p => p.PersonId).Take(most).ToListAsync(ct);
        if (found.Count == 0) return 0;
        var ids = found.ConvertAll(f => f.PersonId);
        var known = await db.Freshmen.Where(f => f.SeasonId == season.Id && EF.Parameter(ids).Contains(f.PersonId)).ToDictionaryAsync(f => f.PersonId, ct);
        var added = 0;
        foreach (var one in found)
        {
            if (known.TryGetValue(one.PersonId, out var freshman))
            {
                freshman.JoinGroup(one.GroupId);
                continue;
            }
            db.Freshmen.Add(new Freshman(season.Id, one.GroupId, one.PersonId, ArrivalCode.New()));
            db.Announce(new KeyChanged(OnboardingTopics.Freshmen, one.PersonId));
            added++;
        }
        return added;
    }

    /// <summary>Who is not a freshman of the season yet, or without a bed in another group than that of their class.</summary>
    public static IQueryable<Place> Missing(LogisticsDb db, OnboardingSeason season, long? onlyPerson = null)
    {
        var residents = db.UserRoles.Where(r => r.RoleId == (long)Role.Resident).Select(r => r.UserId);
        var (freshmen, id, grade) = (db.Freshmen, season.Id, season.Grade);
        return
            from person in db.Users.AsNoTracking()
            where person.RetiredAt == null && person.Status == PersonStatus.Expected && person.Grade == grade && residents.Contains(person.Id)
                && (onlyPerson == null || person.Id == onlyPerson)
            join one in db.GroupClasses on person.ClassName equals one.ClassName
            where one.SeasonId == id
                && !freshmen.Any(f => f.SeasonId == id && f.PersonId == person.Id && (f.GroupId == one.GroupId || f.BedId != null))
            select new Place { PersonId = person.Id, GroupId = one.GroupId };
    }
}
