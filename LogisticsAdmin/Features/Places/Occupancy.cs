using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>入住: who lived where, from when until when. Room and bed of a <see cref="Person"/> repeat the occupancy that has not ended.</summary>
public sealed class Occupancy
{
    private Occupancy() { }

    public Occupancy(long personId, long roomId, long? bedId, DateTimeOffset from) => (PersonId, RoomId, BedId, From) = (personId, roomId, bedId, from);

    public long Id { get; private set; }
    public long PersonId { get; private set; }
    public long RoomId { get; private set; }
    public long? BedId { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>Null while they live there.</summary>
    public DateTimeOffset? Until { get; private set; }

    public void End(DateTimeOffset at) => Until = at;
}

/// <summary>Moves people in and out and keeps person and occupancies in step. To be called inside a write.</summary>
public static class Housing
{
    /// <summary>
    /// Ends the occupancy of a stored person and begins the next one, if any. The caller checks with <see cref="OccupantAsync"/> that the
    /// bed is free; a unique index of the database enforces it.
    /// </summary>
    public static async Task MoveAsync(LogisticsDb db, Person person, long? roomId, long? bedId, DateTimeOffset at, CancellationToken ct)
    {
        if (person.RoomId == roomId && person.BedId == bedId) return;
        if (await db.Occupancies.FirstOrDefaultAsync(o => o.PersonId == person.Id && o.Until == null, ct) is { } now)
        {
            now.End(at);
            // The old occupancy ends first: the unique index on beds is checked row by row.
            await db.SaveChangesAsync(ct);
        }
        if (roomId is { } room) db.Occupancies.Add(new Occupancy(person.Id, room, bedId, at));
        person.MoveTo(roomId, bedId);
    }

    /// <summary>The current occupant of the bed.</summary>
    public static Task<Person?> OccupantAsync(LogisticsDb db, long bedId, CancellationToken ct) =>
        db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.BedId == bedId && p.RetiredAt == null, ct);
}
