using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>入住: who lived where, from when until when. It is the history; <see cref="Person.RoomId"/> and bed say the same of now.</summary>
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

/// <summary>Moves people in and out, so that where they live and the history of it never part. Works inside a write.</summary>
public static class Housing
{
    /// <summary>
    /// Ends where a stored person lives and begins the new place, if any. That the bed is free is the caller's to ask, with
    /// <see cref="OccupantAsync"/>; the database keeps it true.
    /// </summary>
    public static async Task MoveAsync(LogisticsDb db, Person person, long? roomId, long? bedId, DateTimeOffset at, CancellationToken ct)
    {
        if (person.RoomId == roomId && person.BedId == bedId) return;
        if (await db.Occupancies.FirstOrDefaultAsync(o => o.PersonId == person.Id && o.Until == null, ct) is { } now)
        {
            now.End(at);
            // Freed before it is taken anew: the bed's index sees one row after the other.
            await db.SaveChangesAsync(ct);
        }
        if (roomId is { } room) db.Occupancies.Add(new Occupancy(person.Id, room, bedId, at));
        person.LiveIn(roomId, bedId);
    }

    /// <summary>Who sleeps in the bed now.</summary>
    public static Task<Person?> OccupantAsync(LogisticsDb db, long bedId, CancellationToken ct) =>
        db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.BedId == bedId && p.RetiredAt == null, ct);
}
