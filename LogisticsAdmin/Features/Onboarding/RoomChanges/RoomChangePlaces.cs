using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>Which beds somebody may move to and whom a change concerns, asked in the same way by requests and by the office's decision.</summary>
internal static class RoomChangePlaces
{
    /// <summary>Free beds of bedrooms in which nobody of another gender lives or has a bed.</summary>
    public static IQueryable<Bed> OfferedTo(LogisticsDb db, Person person, DateTimeOffset now) =>
        db.Beds.AsNoTracking().Where(b => b.RetiredAt == null && b.Room.RetiredAt == null && b.Room.Kind == RoomKind.Bedroom
            && b.Room.Building.RetiredAt == null && b.Room.Building.Campus.RetiredAt == null).Free(db, now).SuitedTo(db, person.Gender);

    /// <summary>Those of the beds that are promised to nobody else.</summary>
    public static async Task<IReadOnlyList<long>> UnclaimedAsync(
        LogisticsDb db, IEnumerable<IBedClaim> claims, IReadOnlyCollection<long> beds, long personId, CancellationToken ct)
    {
        HashSet<long> left = [.. beds];
        foreach (var claim in claims) left.ExceptWith((await claim.ClaimsAsync(db, beds, personId, ct)).Keys);
        return [.. beds.Where(left.Contains)];
    }

    /// <summary>
    /// Who is asked: the people of the room of a free bed; or the other one of a swap and those of both rooms. Those who can't sign in can't answer,
    /// and are not asked.
    /// </summary>
    public static Task<List<long>> AskedAsync(LogisticsDb db, Person person, Person? other, long targetRoom, CancellationToken ct)
    {
        List<long> rooms = other is null ? [targetRoom] : [targetRoom, person.RoomId!.Value];
        var me = person.Id;
        return WhoCanAnswer(db).Where(p => p.RoomId != null && EF.Parameter(rooms).Contains(p.RoomId.Value) && p.Id != me)
            .OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
    }

    public static IQueryable<Person> WhoCanAnswer(LogisticsDb db) => db.Users.Where(p =>
        p.RetiredAt == null && (p.Status == PersonStatus.Expected || p.Status == PersonStatus.Active));

    /// <summary>Whether nobody of another gender lives in the room, holds or has a bed there, apart from who leaves it.</summary>
    public static async Task<bool> SuitsAsync(LogisticsDb db, Person person, long roomId, long leaving, CancellationToken ct)
    {
        var (id, gender) = (person.Id, person.Gender);
        if (gender == Gender.Unknown) return true;
        var others = db.Users.Where(p => p.RetiredAt == null && p.Id != id && p.Id != leaving && p.Gender != Gender.Unknown && p.Gender != gender);
        var beds = db.Set<Bed>();
        return !await others.AnyAsync(p => p.RoomId == roomId, ct)
            && !await db.Freshmen.AnyAsync(f => f.CheckedInAt == null && f.WithdrawnAt == null && others.Any(p => p.Id == f.PersonId)
                && beds.Any(b => b.Id == f.BedId && b.RoomId == roomId), ct);
    }
}
