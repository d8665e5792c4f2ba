using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Who of the open season is there and who is missing, for the office. Everybody else gets <see cref="Forbidden"/>.</summary>
public sealed class EntryBoardQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    /// <summary>Numbers by building and by class; null while no season is open. Who won't come is not counted.</summary>
    public async Task<EntryBoard?> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.OpenSeasonAsync(ct) is not { } season) return null;
        var (users, beds) = (db.Users, db.Set<Bed>());
        var coming = db.OpenFreshmen().AsNoTracking().Where(f => f.WithdrawnAt == null);
        var classes = await (
            from f in coming
            join p in users on f.PersonId equals p.Id
            group f by p.ClassName into one
            select new
            {
                one.Key,
                Expected = one.Count(),
                WithBed = one.Count(f => f.BedId != null && f.HeldUntil == null),
                Arrived = one.Count(f => f.CheckedInAt != null),
            }).ToListAsync(ct);
        var buildings = await (
            from f in coming
            join p in users on f.PersonId equals p.Id
            join b in beds on (f.CheckedInAt == null ? f.BedId : p.BedId) equals (long?)b.Id
            group f by b.Room.BuildingId into one
            select new
            {
                one.Key,
                Expected = one.Count(),
                WithBed = one.Count(f => f.HeldUntil == null),
                Arrived = one.Count(f => f.CheckedInAt != null),
            }).ToListAsync(ct);
        var names = await db.Buildings.AsNoTracking().Select(b => new { b.Id, b.Code, Name = new LocalName(b.Name, b.NameEn) })
            .ToDictionaryAsync(b => b.Id, ct);
        return new EntryBoard(
            season.LocalName, season.FirstDay, season.LastDay, await db.CountsAsync(office, ct),
            [
                .. buildings.OrderBy(b => names[b.Key].Code, PlaceOrder.Codes).Select(b => new BoardRow(
                    b.Key.ToString(CultureInfo.InvariantCulture), names[b.Key].Name, b.Expected, b.WithBed, b.Arrived)),
            ],
            [
                .. classes.OrderBy(c => c.Key, PlaceOrder.Codes!).Select(c => new BoardRow(
                    c.Key ?? "", new LocalName(c.Key ?? "", c.Key ?? ""), c.Expected, c.WithBed, c.Arrived)),
            ])
        {
            IsOver = office.Today > season.LastDay,
        };
    }

    public async Task<IReadOnlyList<BoardRow>> BuildingsAsync(CancellationToken ct = default) => (await ReadAsync(ct))?.Buildings ?? [];

    public async Task<IReadOnlyList<BoardRow>> ClassesAsync(CancellationToken ct = default) => (await ReadAsync(ct))?.Classes ?? [];

    public async Task<EntryWindow> ListAsync(EntryFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = Filtered(db, filter);
        var page = Sorted(rows, filter.Sort).Skip((filter.Page - 1) * EntryFilter.PageSize).Take(EntryFilter.PageSize);
        return new EntryWindow(await page.ToListAsync(ct), await rows.CountAsync(ct));
    }

    public async Task<IReadOnlyList<EntryRow>> AllAsync(EntryFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Sorted(Filtered(db, filter), filter.Sort).ToListAsync(ct);
    }

    private static IQueryable<EntryRow> Filtered(LogisticsDb db, EntryFilter filter)
    {
        var freshmen = db.OpenFreshmen();
        freshmen = filter.List switch
        {
            EntryListKind.NotArrived => freshmen.Where(f => f.CheckedInAt == null && f.WithdrawnAt == null),
            EntryListKind.WithoutBed => freshmen.Where(f => f.WithdrawnAt == null && (f.BedId == null || f.HeldUntil != null)),
            EntryListKind.Arrived => freshmen.Where(f => f.CheckedInAt != null),
            EntryListKind.Withdrawn => freshmen.Where(f => f.WithdrawnAt != null),
            _ => freshmen,
        };
        if (filter.Text is { } text)
        {
            if (SearchIndex.HasWords(text))
            {
                var hits = db.SearchIds<Person>(text);
                freshmen = freshmen.Where(f => hits.Contains(f.PersonId));
            }
            else
            {
                freshmen = freshmen.Where(f => false);
            }
        }
        var rows = db.EntryRows(freshmen);
        if (filter.ClassName is { } className) rows = rows.Where(r => r.ClassName == className);
        if (filter.BuildingId is { } building) rows = rows.Where(r => r.BuildingId == building);
        return rows;
    }

    private static IQueryable<EntryRow> Sorted(IQueryable<EntryRow> rows, EntrySort sort) => sort switch
    {
        EntrySort.Number => rows.OrderBy(r => r.Number).ThenBy(r => r.PersonId),
        EntrySort.Name => rows.OrderBy(r => r.Pinyin).ThenBy(r => r.PersonId),
        EntrySort.Place => rows.OrderBy(r => r.BuildingId == null).ThenBy(r => r.Building).ThenBy(r => r.Room!.Length).ThenBy(r => r.Room)
            .ThenBy(r => r.Bed).ThenBy(r => r.PersonId),
        _ => rows.OrderBy(r => r.ClassName).ThenBy(r => r.Number).ThenBy(r => r.PersonId),
    };
}
