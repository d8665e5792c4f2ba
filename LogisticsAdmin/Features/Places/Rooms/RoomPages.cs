using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places.Rooms;

/// <summary>
/// What people see of a room: the office all of it, residents of the room who lives with them, and whoever a slice gives work there
/// (<see cref="IRoomAccess"/>) the room itself. For everybody else the room does not exist.
/// </summary>
public sealed class RoomPages(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IEnumerable<IRoomAccess> access, IEnumerable<IRoomSection> sections)
{
    /// <summary>How many lines a section has at most.</summary>
    public const int SectionLines = 5;

    /// <summary>Throws NotFound for an unknown room, and for a reader who may not see it.</summary>
    public async Task<RoomView> ReadAsync(long id, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var livesHere = await db.Users.AnyAsync(p => p.Id == actor.PersonId && p.RoomId == id && p.RetiredAt == null, ct);
        if (!livesHere && !await MaySeeAsync(db, actor, id, ct)) throw new NotFound();
        var room = await db.Rooms.AsNoTracking().Where(r => r.Id == id).Select(r => new
        {
            Building = new LocalName(r.Building.Name, r.Building.NameEn),
            Room = new LocalName(r.Name, r.NameEn),
            r.Floor,
            r.Kind,
            r.Area,
            r.Capacity,
            r.RetiredAt,
            r.RetiredBecause,
            IsInUse = r.RetiredAt == null && r.Building.RetiredAt == null && r.Building.Campus.RetiredAt == null,
        }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var people = await (
            from person in db.Users.AsNoTracking()
            where person.RoomId == id && person.RetiredAt == null
            join b in db.Beds on person.BedId equals b.Id into beds
            from bed in beds.DefaultIfEmpty()
            orderby bed.Code, person.Pinyin
            select new RoomResident(person.FullName, person.Number, bed.Code)).ToListAsync(ct);
        return new RoomView(
            id, room.Building, room.Room, room.Floor, room.Kind, room.Area, room.Capacity, people.Count, actor.IsOffice ? people
                : livesHere ? [.. people.Select(p => new RoomResident(p.Name, null, null))] : [])
        {
            HasSign = actor.IsOffice && room.IsInUse,
            IsInUse = room.IsInUse,
            RetiredAt = room.RetiredAt,
            RetiredBecause = room.RetiredBecause,
            Sections = await SectionsAsync(id, ct),
        };
    }

    /// <summary>
    /// Where somebody goes who scanned the sign of a room: the office and staff with work there to its page, everybody else, residents included,
    /// to a report for it, which says nothing about who lives there. Null for a room that is not in use.
    /// </summary>
    public async Task<string?> AddressAfterScanAsync(long id, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var isInUse = await db.Rooms.AnyAsync(
            r => r.Id == id && r.RetiredAt == null && r.Building.RetiredAt == null && r.Building.Campus.RetiredAt == null, ct);
        return !isInUse ? null : await MaySeeAsync(db, actor, id, ct) ? $"places/rooms/{id}" : $"my/repairs/new?room={id}";
    }

    private async Task<bool> MaySeeAsync(LogisticsDb db, Actor actor, long id, CancellationToken ct)
    {
        if (actor.IsOffice) return true;
        foreach (var slice in access)
            if (await slice.MaySeeAsync(db, actor, id, ct)) return true;
        return false;
    }

    private async Task<IReadOnlyList<TitledRoomSection>> SectionsAsync(long id, CancellationToken ct)
    {
        List<TitledRoomSection> read = [];
        foreach (var section in sections.OrderBy(s => s.Order))
        {
            if (await section.ReadAsync(id, SectionLines, ct) is { } found && (found.Lines.Count > 0 || section.EmptyText is not null))
                read.Add(new TitledRoomSection(section.Title, section.EmptyText, found));
        }
        return read;
    }
}
