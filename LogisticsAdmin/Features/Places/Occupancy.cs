using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>入住: who lived where, from when until when. Room and bed of a <see cref="Person"/> repeat the occupancy that has not ended.</summary>
public sealed class Occupancy
{
    private Occupancy() { }

    public Occupancy(long personId, long roomId, long? bedId, DateTimeOffset from, long? by = null) =>
        (PersonId, RoomId, BedId, From, BeganById) = (personId, roomId, bedId, from, by);

    public long Id { get; private set; }
    public long PersonId { get; private set; }
    public long RoomId { get; private set; }
    public long? BedId { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>Null while they live there.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>Who moved them in; null where the app did, and for stays from before it was recorded.</summary>
    public long? BeganById { get; private set; }

    /// <summary>Who moved them out.</summary>
    public long? EndedById { get; private set; }

    public void End(DateTimeOffset at, long? by = null) => (Until, EndedById) = (at, by);

    public void Reopen() => (Until, EndedById) = (null, null);
}

/// <summary>Moves people in and out and keeps person and occupancies in step. To be called inside a write.</summary>
public static class Housing
{
    /// <summary>
    /// Ends the occupancy of a stored person and begins the next one, if any. The caller checks with <see cref="OccupantAsync"/> that the
    /// bed is free; a unique index of the database enforces it. <paramref name="by"/> is who moves them; null for the app itself.
    /// </summary>
    public static async Task MoveAsync(
        LogisticsDb db, Person person, long? roomId, long? bedId, DateTimeOffset at, CancellationToken ct, long? by = null)
    {
        if (person.RoomId == roomId && person.BedId == bedId) return;
        if (await db.Occupancies.FirstOrDefaultAsync(o => o.PersonId == person.Id && o.Until == null, ct) is { } now)
        {
            now.End(at, by);
            // The old occupancy ends first: the unique index on beds is checked row by row.
            await db.SaveChangesAsync(ct);
        }
        if (roomId is { } room) db.Occupancies.Add(new Occupancy(person.Id, room, bedId, at, by));
        person.MoveTo(roomId, bedId);
    }

    /// <summary>Gives each of two stored people the other's room and bed. The caller checks that both have a bed.</summary>
    public static async Task SwapAsync(LogisticsDb db, Person one, Person other, DateTimeOffset at, CancellationToken ct, long? by = null)
    {
        foreach (var stay in await db.Occupancies.Where(o => (o.PersonId == one.Id || o.PersonId == other.Id) && o.Until == null).ToListAsync(ct))
            stay.End(at, by);
        // Both stays end before the next ones begin: the unique index on beds is checked row by row.
        await db.SaveChangesAsync(ct);
        var (room, bed) = (one.RoomId, one.BedId);
        db.Occupancies.Add(new Occupancy(one.Id, other.RoomId!.Value, other.BedId, at, by));
        db.Occupancies.Add(new Occupancy(other.Id, room!.Value, bed, at, by));
        one.MoveTo(other.RoomId, other.BedId);
        other.MoveTo(room, bed);
    }

    /// <summary>
    /// Undoes a move that was made at <paramref name="since"/> or later: the stay that it ended goes on, and the one that it began is removed.
    /// The caller checks that room and bed are still there and free.
    /// </summary>
    public static async Task MoveBackAsync(
        LogisticsDb db, Person person, long? roomId, long? bedId, DateTimeOffset since, DateTimeOffset at, CancellationToken ct, long? by = null)
    {
        if (person.RoomId == roomId && person.BedId == bedId) return;
        var stays = await db.Occupancies.Where(o => o.PersonId == person.Id && (o.Until == null || o.Until >= since)).ToListAsync(ct);
        var ended = stays.Where(o => o.Until is not null && o.RoomId == roomId && o.BedId == bedId).MaxBy(o => o.Until);
        if (roomId is not null && ended is null)
        {
            await MoveAsync(db, person, roomId, bedId, at, ct, by);
            return;
        }
        foreach (var begun in stays.Where(o => o.Until is null))
        {
            if (begun.From >= since) db.Occupancies.Remove(begun);
            else begun.End(at, by);
        }
        await db.SaveChangesAsync(ct);
        ended?.Reopen();
        person.MoveTo(roomId, bedId);
    }

    /// <summary>
    /// Undoes a swap that was made at <paramref name="since"/> or later: the stays that it ended go on, and those that it began are removed. Where
    /// these are not found, the two swap again.
    /// </summary>
    public static async Task SwapBackAsync(
        LogisticsDb db, Person one, Person other, DateTimeOffset since, DateTimeOffset at, CancellationToken ct, long? by = null)
    {
        var stays = await db.Occupancies.Where(o => (o.PersonId == one.Id || o.PersonId == other.Id) && (o.Until == null || o.Until >= since))
            .ToListAsync(ct);
        var (first, second) = (EndedIn(one, other), EndedIn(other, one));
        if (first is null || second is null)
        {
            await SwapAsync(db, one, other, at, ct, by);
            return;
        }
        foreach (var begun in stays.Where(o => o.Until is null))
        {
            if (begun.From >= since) db.Occupancies.Remove(begun);
            else begun.End(at, by);
        }
        await db.SaveChangesAsync(ct);
        first.Reopen();
        second.Reopen();
        var (room, bed) = (one.RoomId, one.BedId);
        one.MoveTo(other.RoomId, other.BedId);
        other.MoveTo(room, bed);

        Occupancy? EndedIn(Person person, Person now) =>
            stays.Where(o => o.PersonId == person.Id && o.Until is not null && o.RoomId == now.RoomId && o.BedId == now.BedId).MaxBy(o => o.Until);
    }

    /// <summary>The current occupant of the bed.</summary>
    public static Task<Person?> OccupantAsync(LogisticsDb db, long bedId, CancellationToken ct) =>
        db.Users.AsNoTracking().FirstOrDefaultAsync(p => p.BedId == bedId && p.RetiredAt == null, ct);
}
