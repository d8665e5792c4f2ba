using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>A freshman's own steps, the beds that they may choose, and papers. Nothing of others but their class and what they like.</summary>
public sealed class ChoosingQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IPersonalAccounts accounts, BedBoard board, OfficeTime office, KeptReadings kept)
{
    /// <summary>What the home page says: null for somebody who has nothing to do.</summary>
    public async Task<OnboardingCardRow?> CardAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        var me = user.PersonId;
        return await kept.OfAsync(
            "Onboarding.Card", me,
            [
                RowsRead.Of<Freshman>(me), RowsRead.Of<Person>(me), RowsRead.All<OnboardingSeason>(), RowsRead.All<SeasonGroup>(), RowsRead.All<GroupClass>(),
                RowsRead.All<SeasonFee>(), RowsRead.All<SeasonItem>(), RowsRead.All<SeasonPaper>(), RowsRead.All<DeskTime>(),
            ],
            token => ReadCardAsync(me, token), ct);
    }

    private async Task<OnboardingCardRow?> ReadCardAsync(long me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.OnboardingSeasons.AsNoTracking().SingleOrDefaultAsync(s => s.State == SeasonState.Open, ct) is not { } season) return null;
        var freshman = await db.Freshmen.AsNoTracking().SingleOrDefaultAsync(f => f.SeasonId == season.Id && f.PersonId == me, ct);
        if (freshman is null)
            return await OwnFreshman.AwaitedByAsync(db, me, ct) is null ? null : new OnboardingCardRow(season.LocalName, null);
        if (freshman is not { CheckedInAt: null, WithdrawnAt: null }) return null;
        var missing = (await SeasonNeeds.ReadAsync(db, season.Id, ct)).MissingOf(freshman).Count;
        return missing == 0 ? null : new OnboardingCardRow(season.LocalName, missing);
    }

    /// <summary>The name of the open season that waits for somebody who has not begun.</summary>
    public async Task<LocalName?> AwaitedByAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await OwnFreshman.AwaitedByAsync(db, user.PersonId, ct))?.LocalName;
    }

    /// <summary>The person's own steps; null for somebody who is in no season, or has not begun in the open one.</summary>
    public async Task<MyOnboarding?> MineAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await FindAsync(db, me, ct) is not { } own) return null;
        var (freshman, season) = (own.Freshman, own.Season);
        var needs = await SeasonNeeds.ReadAsync(db, season.Id, ct);
        var person = await db.Users.AsNoTracking().SingleAsync(p => p.Id == me, ct);
        return new MyOnboarding(
            season.LocalName, season.State, season.FirstDay, season.LastDay, season.MayDefer, own.Group.ChoosesFrom, own.Group.ChoosesUntil, freshman,
            needs.Steps, needs.MissingOf(freshman),
            new MyData(person.FullName, person.Number, person.College, person.Major, person.ClassName, person.PhoneNumber),
            freshman.Holds(office.Now) ? await BedAsync(db, freshman.BedId, ct) : null,
            freshman.CheckedInAt is null ? null : await RoomAsync(db, person, ct),
            await FeesAsync(db, freshman, ct), await EssentialsAsync(db, freshman, season, ct), await PapersAsync(db, freshman, ct),
            await TimesAsync(db, freshman, ct));
    }

    /// <summary>
    /// The beds that the person's group offers, of one floor of one building: of those asked for, else of the bed that the person has, else of the first
    /// with a free bed. <paramref name="taken"/> is a bed that was just found taken.
    /// </summary>
    public async Task<BedPage?> BedsAsync(long? buildingId, int? floor, long? taken = null, CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await FindAsync(db, user.PersonId, ct) is not { } own) return null;
        var (freshman, now) = (own.Freshman, office.Now);
        var mine = freshman.Holds(now) ? freshman.BedId : null;
        var beds = await board.FindAsync(db, own.Group.Id, own.Gender, ct);

        BedMark Mark(OfferedBed bed) => bed.Id == mine ? BedMark.Mine
            : bed.IsLivedIn || bed.Id == taken ? BedMark.Taken
            : bed.HolderId == freshman.Id || !bed.HasHolder(now) ? BedMark.Free
            : bed.HeldUntil is null ? BedMark.Taken : BedMark.Held;
        bool IsFree(OfferedBed bed) => Mark(bed) == BedMark.Free;

        var at = beds.FirstOrDefault(b => b.BuildingId == buildingId)?.BuildingId ?? (beds.FirstOrDefault(b => b.Id == mine)
            ?? beds.FirstOrDefault(IsFree) ?? (beds.Count > 0 ? beds[0] : null))?.BuildingId;
        List<OfferedBed> inside = [.. beds.Where(b => b.BuildingId == at)];
        var on = inside.Find(b => b.Floor == floor)?.Floor ?? (inside.Find(b => b.Id == mine) ?? inside.Find(IsFree) ?? inside.FirstOrDefault())?.Floor;
        var isOpen = own.IsOpen && now >= own.Group.ChoosesFrom && now < own.Group.ChoosesUntil;
        return new BedPage(
            own.Group.ChoosesFrom, own.Group.ChoosesUntil, own.IsOpen, own.HasHome,
            isOpen && !own.HasHome && freshman is { CheckedInAt: null, WithdrawnAt: null },
            [.. beds.GroupBy(b => b.BuildingId).Select(g => new BuildingChoice(g.Key, g.First().Building, g.Count(IsFree)))], at,
            [.. inside.GroupBy(b => b.Floor).Select(g => new FloorChoice(g.Key, g.Count(IsFree)))], on,
            [.. inside.Where(b => b.Floor == on).GroupBy(b => b.RoomId).Select(RoomOf)],
            mine is null ? null : await BedAsync(db, mine, ct), mine is null ? null : freshman.HeldUntil);

        BedRoom RoomOf(IGrouping<long, OfferedBed> room)
        {
            List<OfferedBed> others = [.. room.Where(b => b.HolderId != freshman.Id && b.HasHolder(now))];
            return new BedRoom(
                room.Key, room.First().Room,
                [.. room.Select(b => new BedRow(b.Id, b.Code, Mark(b), others.Contains(b) ? b.ClassName : null))],
                others.Count(b => b.Rhythm == SleepRhythm.Early), others.Count(b => b.Rhythm == SleepRhythm.Late), others.Count(b => b.WantsQuiet));
        }
    }

    /// <summary>A paper of the person's own season.</summary>
    /// <exception cref="NotFound">There is none with this id there, or the person is in no season.</exception>
    public async Task<PaperView> PaperAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOwnOnboarding();
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = await FindAsync(db, user.PersonId, ct) ?? throw new NotFound();
        var (me, season) = (own.Freshman.Id, own.Season.Id);
        var paper = await db.SeasonPapers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.SeasonId == season, ct) ?? throw new NotFound();
        var receipt = await db.PaperReceipts.AsNoTracking().SingleOrDefaultAsync(r => r.FreshmanId == me && r.PaperId == id, ct);
        return new PaperView(
            paper.Id, paper.Version, paper.LocalTitle, paper.LocalText, receipt?.At, receipt is null && own is { IsOpen: true, Freshman.WithdrawnAt: null });
    }

    /// <summary>Without the closed season of somebody whom the open one awaits.</summary>
    private static async Task<OwnFreshman?> FindAsync(LogisticsDb db, long me, CancellationToken ct)
    {
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        var own = await OwnFreshman.FindAsync(db, me, ct);
        return own is { IsOpen: false } && await OwnFreshman.AwaitedByAsync(db, me, ct) is not null ? null : own;
    }

    private static async Task<MyBed?> BedAsync(LogisticsDb db, long? bedId, CancellationToken ct)
    {
        var bed = await db.Set<Bed>().AsNoTracking().Include(b => b.Room).ThenInclude(r => r.Building).SingleOrDefaultAsync(b => b.Id == bedId, ct);
        return bed is null ? null : new MyBed(bed.Id, bed.Room.BuildingId, bed.Room.Building.LocalName, bed.Room.Floor, bed.Room.Code, bed.Code);
    }

    private static async Task<MyRoom?> RoomAsync(LogisticsDb db, Person person, CancellationToken ct)
    {
        var (roomId, bedId) = (person.RoomId, person.BedId);
        var room = await db.Set<Room>().AsNoTracking().Include(r => r.Building).SingleOrDefaultAsync(r => r.Id == roomId, ct);
        return room is null ? null
            : new MyRoom(room.Building.LocalName, room.Code, await db.Set<Bed>().Where(b => b.Id == bedId).Select(b => b.Code).SingleOrDefaultAsync(ct));
    }

    private async Task<MyFees> FeesAsync(LogisticsDb db, Freshman freshman, CancellationToken ct)
    {
        var fees = await db.SeasonFees.AsNoTracking().Where(f => f.SeasonId == freshman.SeasonId).OrderBy(f => f.Id).ToListAsync(ct);
        return new MyFees(
            fees.ConvertAll(f => new FeeRow(f.LocalName, new Money(f.AmountFen))), await ChoosingService.OwedAsync(db, freshman, ct),
            await accounts.BalanceAsync(db, freshman.PersonId, ct), accounts.CanAsk);
    }

    private static async Task<MyEssentials> EssentialsAsync(LogisticsDb db, Freshman freshman, OnboardingSeason season, CancellationToken ct)
    {
        var items = db.Set<ShelfItem>();
        var lines = await db.SeasonItems.AsNoTracking().Where(i => i.SeasonId == season.Id).OrderBy(i => i.Id)
            .Join(items, s => s.ItemId, i => i.Id, (s, i) => new { Item = i, s.Quantity }).Where(x => x.Item.RetiredAt == null).ToListAsync(ct);
        if (lines.Count == 0) return new MyEssentials([], null);
        var order = freshman.OrderId is { } known ? await db.Set<PlacedOrder>().Where(o => o.Id == known).Select(o => o.Number).SingleAsync(ct)
            : await ChoosingService.GoodsOf(db, freshman.PersonId, season.OpenedAt).Select(o => o.Number).FirstOrDefaultAsync(ct);
        return new MyEssentials(lines.ConvertAll(l => new EssentialRow(l.Item.Id, l.Item.LocalName, l.Quantity, l.Item.Price)), order);
    }

    private static async Task<IReadOnlyList<PaperRow>> PapersAsync(LogisticsDb db, Freshman freshman, CancellationToken ct)
    {
        var papers = await db.SeasonPapers.AsNoTracking().Where(p => p.SeasonId == freshman.SeasonId).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.Title, p.TitleEn }).ToListAsync(ct);
        var receipts = await db.PaperReceipts.AsNoTracking().Where(r => r.FreshmanId == freshman.Id).ToDictionaryAsync(r => r.PaperId, r => r.At, ct);
        return papers.ConvertAll(
            p => new PaperRow(p.Id, new LocalName(p.Title, p.TitleEn), receipts.TryGetValue(p.Id, out var at) ? at : null));
    }

    private async Task<IReadOnlyList<DeskTimeRow>> TimesAsync(LogisticsDb db, Freshman freshman, CancellationToken ct)
    {
        var times = await db.DeskTimes.AsNoTracking().Where(t => t.SeasonId == freshman.SeasonId).OrderBy(t => t.Day).ThenBy(t => t.From).ToListAsync(ct);
        var taken = await db.Freshmen.Where(f => f.SeasonId == freshman.SeasonId && f.DeskTimeId != null && f.WithdrawnAt == null)
            .GroupBy(f => f.DeskTimeId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return times.ConvertAll(t => new DeskTimeRow(
            t.Id, t.Day, t.From, t.Until, Math.Max(0, t.Capacity - taken.GetValueOrDefault(t.Id)), office.At(t.Day, t.Until) <= office.Now));
    }
}
