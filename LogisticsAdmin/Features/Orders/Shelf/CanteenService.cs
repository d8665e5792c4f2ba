using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Canteens, their stalls and meals, and the rules. The office reads, the management changes; others get <see cref="Forbidden"/>.</summary>
public sealed class CanteenService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, CanteensUndo undo, ILogger<CanteenService> log)
{
    private static readonly CanteenFormValidator CanteenRules = new();
    private static readonly StallFormValidator StallRules = new();
    private static readonly ServedMealFormValidator MealRules = new();
    private static readonly OrderingRulesFormValidator RuleRules = new();

    /// <summary>All canteens, those in use first.</summary>
    public async Task<IReadOnlyList<CanteenRow>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        var items = db.ShelfItems;
        var stalls = await db.Stalls.AsNoTracking().OrderBy(s => s.RetiredAt != null).ThenBy(s => s.Code).Select(s => new StallRow(
            s.Id, s.Version, s.CanteenId, s.Code, new LocalName(s.Name, s.NameEn), s.IsHalal, s.RetiredAt != null,
            items.Count(i => i.StallId == s.Id && i.RetiredAt == null))).ToListAsync(ct);
        var meals = await db.ServedMeals.AsNoTracking().OrderBy(m => m.Meal).ToListAsync(ct);
        var canteens = await db.Canteens.AsNoTracking().OrderBy(c => c.RetiredAt != null).ThenBy(c => c.Code).ToListAsync(ct);
        return
        [
            .. canteens.Select(c => new CanteenRow(
                c.Id, c.Version, c.Code, c.LocalName, new LocalName(c.Location, c.LocationEn), c.RetiredAt is not null,
                [.. stalls.Where(s => s.CanteenId == c.Id)],
                [
                    .. meals.Where(m => m.CanteenId == c.Id).Select(m => new ServedMealRow(
                        m.Meal, m.Version, m.Days, m.From, m.Until, m.CutOffMinutes, m.SlotMinutes, m.SlotCapacity)),
                ])),
        ];
    }

    /// <summary>The stalls in use, by canteen.</summary>
    public async Task<IReadOnlyList<StallChoice>> StallsAsync(CancellationToken ct = default) =>
    [
        .. from canteen in await ListAsync(ct)
           where !canteen.IsRetired
           from stall in canteen.Stalls
           where !stall.IsRetired
           select new StallChoice(stall.Id, canteen.Name.ToString(), stall.Name.ToString()),
    ];

    public Task<long> AddAsync(CanteenForm form, CancellationToken ct = default)
    {
        CanteenRules.Demand(form);
        return AddAsync("canteen added", CanteensUndo.OfCanteen, async (db, token) =>
        {
            var canteen = new Canteen(form.Code!, new LocalName(form.Name!, form.NameEn ?? ""), new LocalName(form.Location ?? "", form.LocationEn ?? ""));
            await DemandFreeAsync(db.Canteens.Where(c => c.Code == canteen.Code), canteen.Code, token);
            db.Canteens.Add(canteen);
            await db.SaveChangesAsync(token);
            return canteen.Id;
        }, ct);
    }

    public Task SaveAsync(long id, CanteenForm form, CancellationToken ct = default)
    {
        CanteenRules.Demand(form);
        return ActAsync(CanteenAct.Edit, id, async (db, canteen, token) =>
        {
            if (canteen.Version != form.Version) throw new Stale(await db.LastChangedByAsync<Canteen>(id, token), canteen.LocalName.ToString());
            var code = CleanText.Clean(form.Code);
            await DemandFreeAsync(db.Canteens.Where(c => c.Code == code && c.Id != id), code, token);
            canteen.Recode(code);
            canteen.Rename(form.Name!, form.NameEn ?? "");
            canteen.Locate(new LocalName(form.Location ?? "", form.LocationEn ?? ""));
        }, ct);
    }

    public Task<long> AddStallAsync(long canteenId, StallForm form, CancellationToken ct = default)
    {
        StallRules.Demand(form);
        return AddAsync("stall added", CanteensUndo.OfStall, async (db, token) =>
        {
            if (!await db.Canteens.Living().AnyAsync(c => c.Id == canteenId, token)) throw new NotFound();
            var stall = new Stall(canteenId, form.Code!, new LocalName(form.Name!, form.NameEn ?? ""), form.IsHalal);
            await DemandFreeAsync(db.Stalls.Where(s => s.CanteenId == canteenId && s.Code == stall.Code), stall.Code, token);
            db.Stalls.Add(stall);
            await db.SaveChangesAsync(token);
            return stall.Id;
        }, ct);
    }

    public Task SaveStallAsync(long id, StallForm form, CancellationToken ct = default)
    {
        StallRules.Demand(form);
        return ActOnStallAsync(CanteenAct.Edit, id, async (db, stall, token) =>
        {
            if (stall.Version != form.Version) throw new Stale(await db.LastChangedByAsync<Stall>(id, token), stall.LocalName.ToString());
            var code = CleanText.Clean(form.Code);
            await DemandFreeAsync(db.Stalls.Where(s => s.CanteenId == stall.CanteenId && s.Code == code && s.Id != id), code, token);
            stall.Recode(code);
            stall.Rename(form.Name!, form.NameEn ?? "");
            stall.Mark(form.IsHalal);
        }, ct);
    }

    /// <summary>停用: nothing more can be ordered; orders that there are stay as they are.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) =>
        ActAsync(CanteenAct.Retire, id, (_, canteen, _) => RetireAsync(canteen), ct);

    public Task RestoreAsync(long id, CancellationToken ct = default) =>
        ActAsync(CanteenAct.Restore, id, (_, canteen, _) => RestoreAsync(canteen), ct);

    public Task RetireStallAsync(long id, CancellationToken ct = default) =>
        ActOnStallAsync(CanteenAct.Retire, id, (_, stall, _) => RetireAsync(stall), ct);

    public Task RestoreStallAsync(long id, CancellationToken ct = default) =>
        ActOnStallAsync(CanteenAct.Restore, id, (_, stall, _) => RestoreAsync(stall), ct);

    /// <summary>Says when a canteen serves a meal. Orders that there are keep their slot.</summary>
    public async Task ServeAsync(long canteenId, Meal meal, ServedMealForm form, CancellationToken ct = default)
    {
        MealRules.Demand(form);
        long? step = null;
        await WriteAsync("meal changed", async (db, token) =>
        {
            if (!await db.Canteens.AnyAsync(c => c.Id == canteenId, token)) throw new NotFound();
            var served = await db.ServedMeals.SingleOrDefaultAsync(m => m.CanteenId == canteenId && m.Meal == meal, token);
            if ((served?.Version ?? 0) != form.Version) throw new Stale(await db.LastChangedByAsync<ServedMeal>(served?.Id ?? 0, token), null);
            step = await SetAsync(db, served, new ServedMeal(canteenId, meal), CanteensUndo.OfMeal, m => m.Set(
                form.Days, TypedTime.Parse(form.From)!.Value, TypedTime.Parse(form.Until)!.Value, form.CutOffMinutes!.Value, form.SlotMinutes!.Value,
                form.SlotCapacity!.Value), token);
            return canteenId;
        }, ct);
        undo.Offer(step);
    }

    /// <summary>The rules as a form.</summary>
    public async Task<OrderingRulesForm> RulesAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rules = await db.RulesAsync(ct);
        return new OrderingRulesForm
        {
            Version = rules.Version,
            HoldMinutes = rules.HoldMinutes,
            DaysAhead = rules.DaysAhead,
            MostPortions = rules.MostPortions,
            NoShows = rules.NoShows,
            NoShowDays = rules.NoShowDays,
            PauseDays = rules.PauseDays,
        };
    }

    public async Task SaveRulesAsync(OrderingRulesForm form, CancellationToken ct = default)
    {
        RuleRules.Demand(form);
        long? step = null;
        await WriteAsync("rules changed", async (db, token) =>
        {
            var rules = await db.OrderingRules.SingleOrDefaultAsync(token);
            if ((rules?.Version ?? 0) != form.Version) throw new Stale(await db.LastChangedByAsync<OrderingRules>(rules?.Id ?? 0, token), null);
            step = await SetAsync(db, rules, new OrderingRules(), CanteensUndo.OfRules, r => r.Set(
                form.HoldMinutes!.Value, form.DaysAhead!.Value, form.MostPortions!.Value, form.NoShows!.Value, form.NoShowDays!.Value,
                form.PauseDays!.Value), token);
            return rules?.Id ?? 0;
        }, ct);
        undo.Offer(step);
    }

    internal static async Task DemandFreeAsync<T>(IQueryable<T> others, string code, CancellationToken ct)
    {
        if (await others.AnyAsync(ct)) throw Rejected.At<OrdersText>(nameof(CanteenForm.Code), "CodeTaken", code);
    }

    private Task RetireAsync(NamedEntity named)
    {
        if (named.RetiredAt is null) named.Retire(office.Now, user.PersonId, "");
        return Task.CompletedTask;
    }

    private static Task RestoreAsync(NamedEntity named)
    {
        named.Restore();
        return Task.CompletedTask;
    }

    private async Task<long> AddAsync(
        string what, Func<long, long> undoable, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        long? step = null;
        var id = await WriteAsync(what, async (db, token) =>
        {
            var added = 0L;
            step = await undo.RecordNewAsync(
                db, nameof(CanteenAct.Add), CanteensUndo.Nothing, async () => undoable(added = await work(db, token)), token);
            return added;
        }, ct);
        undo.Offer(step);
        return id;
    }

    // What was never changed has no row yet.
    private async Task<long?> SetAsync<T>(LogisticsDb db, T? stored, T first, Func<long, long> undoable, Action<T> set, CancellationToken ct)
        where T : Versioned
    {
        if (stored is not null)
        {
            return await undo.RecordAsync(db, nameof(CanteenAct.Edit), [undoable(stored.Id)], () =>
            {
                set(stored);
                return Task.CompletedTask;
            }, ct);
        }
        return await undo.RecordNewAsync(db, nameof(CanteenAct.Edit), CanteensUndo.Nothing, async () =>
        {
            set(first);
            db.Add(first);
            await db.SaveChangesAsync(ct);
            return undoable(first.Id);
        }, ct);
    }

    private Task ActAsync(CanteenAct act, long id, Func<LogisticsDb, Canteen, CancellationToken, Task> work, CancellationToken ct) =>
        ActAsync($"canteen {act}", act, id, CanteensUndo.OfCanteen(id), async (db, token) =>
            await work(db, await db.Canteens.SingleOrDefaultAsync(c => c.Id == id, token) ?? throw new NotFound(), token), ct);

    private Task ActOnStallAsync(CanteenAct act, long id, Func<LogisticsDb, Stall, CancellationToken, Task> work, CancellationToken ct) =>
        ActAsync($"stall {act}", act, id, CanteensUndo.OfStall(id), async (db, token) =>
            await work(db, await db.Stalls.SingleOrDefaultAsync(s => s.Id == id, token) ?? throw new NotFound(), token), ct);

    private async Task ActAsync(
        string what, CanteenAct act, long id, long undoable, Func<LogisticsDb, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(what, async (db, token) =>
        {
            step = await undo.RecordAsync(db, act.ToString(), [undoable], () => work(db, token), token);
            return id;
        }, ct);
        undo.Offer(step);
    }

    private async Task<long> WriteAsync(string what, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandShelf();
            var changed = await work(db, token);
            db.Announce(new KeyChanged(OrdersTopics.Shelf, changed));
            return changed;
        }, ct);
        log.ShelfDone(what, id, user.ActorOrNull?.PersonId);
        return id;
    }
}
