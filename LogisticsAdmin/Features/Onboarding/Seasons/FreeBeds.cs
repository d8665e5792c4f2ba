using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Which beds a group offers and which of them are free, asked by students' choice, the desk and the fill in the same way.</summary>
internal static class FreeBeds
{
    /// <summary>The beds in use of the rooms that a group offers to somebody of this gender, taken or not.</summary>
    public static IQueryable<Bed> OfferedTo(this IQueryable<Bed> beds, LogisticsDb db, long groupId, Gender gender) => beds.Where(b =>
        b.RetiredAt == null && b.Room.RetiredAt == null && b.Room.Kind == RoomKind.Bedroom && b.Room.Building.RetiredAt == null
        && b.Room.Building.Campus.RetiredAt == null
        && db.Set<GroupRooms>().Any(o => o.GroupId == groupId && o.BuildingId == b.Room.BuildingId && (o.Floor == null || o.Floor == b.Room.Floor)
            && (o.Gender == Gender.Unknown || o.Gender == gender)
            && (o.Capacity == null || o.Capacity == b.Room.Beds.Count(other => other.RetiredAt == null))));

    /// <summary>Without the rooms in which somebody of another gender lives or has a bed. Who is of unknown gender suits everywhere.</summary>
    public static IQueryable<Bed> SuitedTo(this IQueryable<Bed> beds, LogisticsDb db, Gender gender)
    {
        if (gender == Gender.Unknown) return beds;
        var others = db.Users.Where(p => p.RetiredAt == null && p.Gender != Gender.Unknown && p.Gender != gender);
        return beds.Where(b => !others.Any(p => p.RoomId == b.RoomId)
            // From the beds of the room to who has them: from the freshmen, each bed would go through all of them.
            && !db.Set<Bed>().Any(one => one.RoomId == b.RoomId && one.RetiredAt == null && db.Set<Freshman>().Any(f =>
                f.BedId == one.Id && f.CheckedInAt == null && f.WithdrawnAt == null && others.Any(p => p.Id == f.PersonId))));
    }

    /// <summary>Without the beds in which somebody lives and those that a freshman holds or has.</summary>
    public static IQueryable<Bed> Free(this IQueryable<Bed> beds, LogisticsDb db, DateTimeOffset now) => beds.Where(b =>
        !db.Users.Any(p => p.BedId == b.Id && p.RetiredAt == null)
        && !db.Set<Freshman>().Any(f => f.BedId == b.Id && f.CheckedInAt == null && f.WithdrawnAt == null && (f.HeldUntil == null || f.HeldUntil > now)));
}
