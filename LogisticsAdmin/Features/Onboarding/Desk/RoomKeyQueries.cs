using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Keys that were handed over, for the office. Everybody else gets <see cref="Forbidden"/>.</summary>
public sealed class RoomKeyQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>A page of keys.</summary>
    public async Task<RoomKeyWindow> ListAsync(RoomKeyFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var lines = Found(db, filter);
        var page = Sorted(lines, filter).Skip((filter.Page - 1) * RoomKeyFilter.PageSize).Take(RoomKeyFilter.PageSize);
        return new RoomKeyWindow(await Rows(page).ToListAsync(ct), await lines.CountAsync(ct));
    }

    /// <summary>All keys that match.</summary>
    public async Task<IReadOnlyList<RoomKeyRow>> AllAsync(RoomKeyFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(Sorted(Found(db, filter), filter)).ToListAsync(ct);
    }

    private static IQueryable<Line> Found(LogisticsDb db, RoomKeyFilter filter)
    {
        var lines =
            from key in db.RoomKeys.AsNoTracking()
            join person in db.Users on key.PersonId equals person.Id
            join room in db.Rooms on key.RoomId equals room.Id
            join h in db.Users on key.HandedById equals h.Id into handers
            from hander in handers.DefaultIfEmpty()
            join r in db.Users on key.ReturnedById equals (long?)r.Id into takers
            from taker in takers.DefaultIfEmpty()
            select new Line { Key = key, Person = person, Room = room, Hander = hander, Taker = taker };
        lines = filter.State switch
        {
            RoomKeyState.Out => lines.Where(x => x.Key.ReturnedAt == null),
            RoomKeyState.Returned => lines.Where(x => x.Key.ReturnedAt != null),
            _ => lines,
        };
        if (CleanText.Clean(filter.Text) is not { Length: > 0 } typed) return lines;
        var pattern = LikePattern.Containing(typed);
        return lines.Where(x => EF.Functions.Like(x.Key.Label, pattern, LikePattern.Escape)
            || EF.Functions.Like(x.Person.FullName, pattern, LikePattern.Escape) || EF.Functions.Like(x.Person.Number!, pattern, LikePattern.Escape)
            || EF.Functions.Like(x.Room.Building.Name + " " + x.Room.Code, pattern, LikePattern.Escape)
            || EF.Functions.Like(x.Room.Building.NameEn + " " + x.Room.Code, pattern, LikePattern.Escape));
    }

    private static IQueryable<Line> Sorted(IQueryable<Line> lines, RoomKeyFilter filter) => (filter.Sort, filter.Descending) switch
    {
        (RoomKeySort.Person, false) => lines.OrderBy(x => x.Person.Pinyin).ThenBy(x => x.Key.Id),
        (RoomKeySort.Person, true) => lines.OrderByDescending(x => x.Person.Pinyin).ThenByDescending(x => x.Key.Id),
        (RoomKeySort.Room, false) => lines.OrderBy(x => x.Room.Building.Code).ThenBy(x => x.Room.Code).ThenBy(x => x.Key.Id),
        (RoomKeySort.Room, true) => lines.OrderByDescending(x => x.Room.Building.Code).ThenByDescending(x => x.Room.Code).ThenByDescending(x => x.Key.Id),
        (RoomKeySort.Label, false) => lines.OrderBy(x => x.Key.Label).ThenBy(x => x.Key.Id),
        (RoomKeySort.Label, true) => lines.OrderByDescending(x => x.Key.Label).ThenByDescending(x => x.Key.Id),
        (_, false) => lines.OrderBy(x => x.Key.Id),
        _ => lines.OrderByDescending(x => x.Key.Id),
    };

    private static IQueryable<RoomKeyRow> Rows(IQueryable<Line> lines) => lines.Select(x => new RoomKeyRow(
        x.Key.Id, x.Key.Label, new LocalName(x.Room.Building.Name, x.Room.Building.NameEn), x.Room.Code, x.Person.Id, x.Person.FullName, x.Person.Number)
    {
        ClassName = x.Person.ClassName,
        HandedAt = x.Key.HandedAt,
        HandedBy = x.Hander!.FullName,
        ReturnedAt = x.Key.ReturnedAt,
        ReturnedBy = x.Taker!.FullName,
    });

    private sealed class Line
    {
        public required RoomKey Key { get; init; }
        public required Person Person { get; init; }
        public required Room Room { get; init; }
        public Person? Hander { get; init; }
        public Person? Taker { get; init; }
    }
}
