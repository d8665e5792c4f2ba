using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Makes people freshmen of a season: those who have not arrived yet, are of its year and in a class of one of its groups.</summary>
internal static class Enrolment
{
    /// <summary>
    /// Adds those who are missing, and moves those who have no bed yet to the group of the class that they have now. To be called inside a write;
    /// returns how many were added. With <paramref name="onlyPerson"/> only this one.
    /// </summary>
    public static async Task<int> EnrolAsync(LogisticsDb db, OnboardingSeason season, CancellationToken ct, long? onlyPerson = null)
    {
        var residents = db.UserRoles.Where(r => r.RoleId == (long)Role.Resident).Select(r => r.UserId);
        var found = await (
            from person in db.Users.AsNoTracking()
            where person.RetiredAt == null && person.Status == PersonStatus.Expected && person.Grade == season.Grade && residents.Contains(person.Id)
                && (onlyPerson == null || person.Id == onlyPerson)
            join one in db.GroupClasses on person.ClassName equals one.ClassName
            where one.SeasonId == season.Id
            select new { person.Id, one.GroupId }).ToListAsync(ct);
        var known = await db.Freshmen.Where(f => f.SeasonId == season.Id && (onlyPerson == null || f.PersonId == onlyPerson))
            .ToDictionaryAsync(f => f.PersonId, ct);
        var added = 0;
        foreach (var one in found)
        {
            if (known.TryGetValue(one.Id, out var freshman))
            {
                if (freshman.GroupId != one.GroupId && freshman.BedId is null) freshman.JoinGroup(one.GroupId);
                continue;
            }
            db.Freshmen.Add(new Freshman(season.Id, one.GroupId, one.Id, ArrivalCode.New()));
            db.Announce(new KeyChanged(OnboardingTopics.Freshmen, one.Id));
            added++;
        }
        return added;
    }
}
