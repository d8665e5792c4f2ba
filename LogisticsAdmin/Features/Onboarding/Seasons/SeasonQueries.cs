using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Seasons for the office; everybody else is refused as <see cref="Forbidden"/>.</summary>
public sealed class SeasonQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>A page of the seasons that the filter lets through.</summary>
    public async Task<SeasonWindow> ListAsync(SeasonFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var seasons = Filtered(db, filter);
        var page = Ordered(seasons, filter).Skip((filter.Page - 1) * SeasonFilter.PageSize).Take(SeasonFilter.PageSize);
        return new SeasonWindow(await Rows(db, page).ToListAsync(ct), await seasons.CountAsync(ct));
    }

    /// <summary>All seasons that the filter lets through, for the file.</summary>
    public async Task<IReadOnlyList<SeasonRow>> AllAsync(SeasonFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(db, Ordered(Filtered(db, filter), filter)).ToListAsync(ct);
    }

    /// <summary>A season with everything that belongs to it. Throws <see cref="NotFound"/>.</summary>
    public async Task<SeasonView> FindAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var season = await Rows(db, db.OnboardingSeasons.AsNoTracking().Where(s => s.Id == id)).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var classes = await ClassesAsync(db, id, season.Grade, ct);
        var fees = await db.SeasonFees.AsNoTracking().Where(f => f.SeasonId == id).OrderBy(f => f.Id)
            .Select(f => new SeasonFeeRow(f.Id, f.Version, new LocalName(f.Name, f.NameEn), new Money(f.AmountFen))).ToListAsync(ct);
        var goods = db.ShelfItems;
        var items = await (
            from one in db.SeasonItems.AsNoTracking()
            where one.SeasonId == id
            join item in goods on one.ItemId equals item.Id
            orderby one.Id
            select new SeasonItemRow(
                one.Id, one.Version, item.Id, item.Code, new LocalName(item.Name, item.NameEn), new Money(item.PriceFen), one.Quantity,
                item.RetiredAt != null)).ToListAsync(ct);
        var receipts = db.PaperReceipts;
        var papers = await db.SeasonPapers.AsNoTracking().Where(p => p.SeasonId == id).OrderBy(p => p.Id).Select(p => new SeasonPaperRow(
            p.Id, p.Version, new LocalName(p.Title, p.TitleEn), new LocalName(p.Text, p.TextEn), receipts.Count(r => r.PaperId == p.Id))).ToListAsync(ct);
        var freshmen = db.Freshmen;
        var times = await db.DeskTimes.AsNoTracking().Where(t => t.SeasonId == id).OrderBy(t => t.Day).ThenBy(t => t.From)
            .Select(t => new DeskTimeRow(t.Id, t.Version, t.Day, t.From, t.Until, t.Capacity, freshmen.Count(f => f.DeskTimeId == t.Id))).ToListAsync(ct);
        var nowhere = await Expected(db, season.Grade).CountAsync(p => p.ClassName == null, ct);
        return new SeasonView(
            season, await GroupsAsync(db, season, ct), fees, items, papers, times, classes,
            nowhere + classes.Where(c => c.GroupId is null).Sum(c => c.People));
    }

    /// <summary>The groups of a season with their numbers, for the file. Throws <see cref="NotFound"/>.</summary>
    public async Task<IReadOnlyList<SeasonGroupRow>> GroupsAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var season = await Rows(db, db.OnboardingSeasons.AsNoTracking().Where(s => s.Id == id)).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        return await GroupsAsync(db, season, ct);
    }

    /// <summary>The students of a season and how far they are, for the file. Throws <see cref="NotFound"/>.</summary>
    public async Task<IReadOnlyList<SeasonStudentRow>> StudentsAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.OnboardingSeasons.AnyAsync(s => s.Id == id, ct)) throw new NotFound();
        var needs = await SeasonNeeds.ReadAsync(db, id, ct);
        var found = await (
            from freshman in db.Freshmen.AsNoTracking()
            where freshman.SeasonId == id
            join person in db.Users on freshman.PersonId equals person.Id
            join itsGroup in db.SeasonGroups on freshman.GroupId equals itsGroup.Id
            join b in db.Beds on freshman.BedId equals b.Id into beds
            from bed in beds.DefaultIfEmpty()
            join t in db.DeskTimes on freshman.DeskTimeId equals t.Id into times
            from time in times.DefaultIfEmpty()
            orderby itsGroup.Name, person.ClassName, person.Number
            select new
            {
                Freshman = freshman,
                person.Number,
                person.FullName,
                person.ClassName,
                Group = itsGroup.Name,
                Building = bed == null ? null : new LocalName(bed.Room.Building.Name, bed.Room.Building.NameEn),
                Room = bed == null ? null : bed.Room.Code,
                Bed = bed == null ? null : bed.Code,
                Day = time == null ? null : (DateOnly?)time.Day,
                From = time == null ? null : (TimeOnly?)time.From,
            }).ToListAsync(ct);
        return
        [
            .. found.Select(f => new SeasonStudentRow(
                f.Number, f.FullName, f.ClassName, f.Group, f.Freshman is { CheckedInAt: null, WithdrawnAt: null } ? needs.MissingOf(f.Freshman) : [],
                f.Building, f.Room, f.Bed, f.Freshman.HeldUntil is not null, f.Day, f.From, f.Freshman.CheckedInAt, f.Freshman.WithdrawnAt)),
        ];
    }

    /// <summary>The buildings with bedrooms in use, with the floors and sizes of these rooms.</summary>
    public async Task<IReadOnlyList<BuildingChoice>> BuildingsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rooms = await db.Rooms.AsNoTracking()
            .Where(r => r.Kind == RoomKind.Bedroom && r.RetiredAt == null && r.Building.RetiredAt == null && r.Building.Campus.RetiredAt == null)
            .Select(r => new { r.BuildingId, r.Building.Name, r.Building.NameEn, r.Building.Code, r.Floor, Size = r.Beds.Count(b => b.RetiredAt == null) })
            .Distinct().ToListAsync(ct);
        return
        [
            .. rooms.GroupBy(r => (r.BuildingId, r.Name, r.NameEn, r.Code)).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new BuildingChoice(
                g.Key.BuildingId, new LocalName(g.Key.Name, g.Key.NameEn), [.. g.Select(r => r.Floor).Distinct().Order()],
                [.. g.Select(r => r.Size).Where(s => s > 0).Distinct().Order()])),
        ];
    }

    /// <summary>The goods in use that a season does not suggest yet.</summary>
    public async Task<IReadOnlyList<GoodsChoice>> GoodsAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var there = db.SeasonItems;
        return await db.ShelfItems.AsNoTracking().Where(i => i.Shelf == ShelfKind.Goods && i.RetiredAt == null)
            .Where(i => !there.Any(t => t.SeasonId == id && t.ItemId == i.Id)).OrderBy(i => i.Category).ThenBy(i => i.Code)
            .Select(i => new GoodsChoice(i.Id, i.Code, new LocalName(i.Name, i.NameEn), new Money(i.PriceFen))).ToListAsync(ct);
    }

    private static IQueryable<OnboardingSeason> Filtered(LogisticsDb db, SeasonFilter filter)
    {
        var seasons = db.OnboardingSeasons.AsNoTracking();
        if (filter.State is { } state) seasons = seasons.Where(s => s.State == state);
        foreach (var word in SearchWords.Of(filter.Text))
        {
            var pattern = LikePattern.Containing(word);
            seasons = seasons.Where(s => EF.Functions.Like(s.Name, pattern, LikePattern.Escape) || EF.Functions.Like(s.NameEn, pattern, LikePattern.Escape));
        }
        return seasons;
    }

    private static IQueryable<OnboardingSeason> Ordered(IQueryable<OnboardingSeason> seasons, SeasonFilter filter) => filter.Order == SeasonOrder.Name
        ? seasons.OrderBy(s => s.Name).ThenBy(s => s.Id)
        : seasons.OrderByDescending(s => s.FirstDay).ThenByDescending(s => s.Id);

    private static IQueryable<SeasonRow> Rows(LogisticsDb db, IQueryable<OnboardingSeason> seasons)
    {
        var (groups, freshmen) = (db.SeasonGroups, db.Freshmen);
        return seasons.Select(s => new SeasonRow(
            s.Id, s.Version, new LocalName(s.Name, s.NameEn), s.Grade, s.FirstDay, s.LastDay, s.MayDefer, s.State,
            groups.Count(g => g.SeasonId == s.Id), freshmen.Count(f => f.SeasonId == s.Id),
            freshmen.Count(f => f.SeasonId == s.Id && f.BedId != null && f.CheckedInAt == null),
            freshmen.Count(f => f.SeasonId == s.Id && f.CheckedInAt != null)));
    }

    private static IQueryable<Person> Expected(LogisticsDb db, int grade)
    {
        var residents = db.UserRoles.Where(r => r.RoleId == (long)Role.Resident).Select(r => r.UserId);
        return db.Users.AsNoTracking()
            .Where(p => p.RetiredAt == null && p.Status == PersonStatus.Expected && p.Grade == grade && residents.Contains(p.Id));
    }

    private static async Task<IReadOnlyList<SeasonClass>> ClassesAsync(LogisticsDb db, long id, int grade, CancellationToken ct)
    {
        var people = await Expected(db, grade).Where(p => p.ClassName != null).GroupBy(p => p.ClassName!)
            .Select(g => new { Name = g.Key, People = g.Count() }).ToListAsync(ct);
        var taken = await db.GroupClasses.AsNoTracking().Where(c => c.SeasonId == id).ToDictionaryAsync(c => c.ClassName, c => c.GroupId, ct);
        return
        [
            .. people.OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => new SeasonClass(p.Name, p.People, taken.TryGetValue(p.Name, out var group) ? group : null)),
        ];
    }

    private static async Task<IReadOnlyList<SeasonGroupRow>> GroupsAsync(LogisticsDb db, SeasonRow season, CancellationToken ct)
    {
        var groups = await db.SeasonGroups.AsNoTracking().Include(g => g.Classes).Include(g => g.Rooms).AsSplitQuery().Where(g => g.SeasonId == season.Id)
            .OrderBy(g => g.ChoosesFrom).ThenBy(g => g.Name).ToListAsync(ct);
        var buildings = groups.SelectMany(g => g.Rooms).Select(r => r.BuildingId).Distinct().ToList();
        var names = await db.Buildings.AsNoTracking().Where(b => EF.Parameter(buildings).Contains(b.Id))
            .ToDictionaryAsync(b => b.Id, b => b.LocalName, ct);
        var people = await Expected(db, season.Grade).Where(p => p.ClassName != null).GroupBy(p => new { p.ClassName, p.Gender })
            .Select(g => new { g.Key.ClassName, g.Key.Gender, Count = g.Count() }).ToListAsync(ct);
        var students = await db.Freshmen.Where(f => f.SeasonId == season.Id).GroupBy(f => f.GroupId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        List<SeasonGroupRow> rows = [];
        foreach (var group in groups)
        {
            var its = people.Where(p => group.Classes.Any(c => c.ClassName == p.ClassName)).ToList();
            rows.Add(new SeasonGroupRow(
                group.Id, group.Version, group.Name, group.ChoosesFrom, group.ChoosesUntil,
                [.. group.Classes.Select(c => c.ClassName).Order(StringComparer.Ordinal)],
                [.. group.Rooms.OrderBy(r => r.Id).Select(r => new OfferedRooms(r.BuildingId, names[r.BuildingId], r.Floor, r.Capacity, r.Gender))],
                its.Sum(p => p.Count), its.Where(p => p.Gender == Gender.Male).Sum(p => p.Count), its.Where(p => p.Gender == Gender.Female).Sum(p => p.Count),
                students.GetValueOrDefault(group.Id), await db.Beds.OfferedTo(db, group.Id, Gender.Male).CountAsync(ct),
                await db.Beds.OfferedTo(db, group.Id, Gender.Female).CountAsync(ct)));
        }
        return rows;
    }
}
