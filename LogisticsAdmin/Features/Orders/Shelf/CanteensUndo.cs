using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Undo of changes to canteens and their stalls, for the management. One that was added is removed again until something belongs to it.</summary>
public sealed class CanteensUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<OrdersText> words)
    : StepUndo(databases, user, clock)
{
    /// <summary>The values of what is not there.</summary>
    internal const string Nothing = "null";

    private const int Sorts = 2;

    private readonly CurrentUser _user = user;

    private sealed record Memento(string Code, string Name, string NameEn, string Location, string LocationEn, bool IsHalal, bool IsRetired);

    internal static long OfCanteen(long id) => id * Sorts;

    internal static long OfStall(long id) => id * Sorts + 1;

    protected override string Kind => "canteens";

    protected override void Demand(Actor actor) => actor.DemandShelf();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var states = (await CanteensAsync(db, ids, ct)).ToDictionary(c => OfCanteen(c.Id), c => JsonSerializer.Serialize(new Memento(
            c.Code, c.Name, c.NameEn, c.Location, c.LocationEn, false, c.RetiredAt is not null)));
        foreach (var s in await StallsAsync(db, ids, ct))
            states[OfStall(s.Id)] = JsonSerializer.Serialize(new Memento(s.Code, s.Name, s.NameEn, "", "", s.IsHalal, s.RetiredAt is not null));
        return states;
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var names = (await CanteensAsync(db, ids, ct)).ToDictionary(c => OfCanteen(c.Id), c => c.LocalName.ToString());
        foreach (var stall in await StallsAsync(db, ids, ct)) names[OfStall(stall.Id)] = stall.LocalName.ToString();
        return names;
    }

    protected override string AddressOf(long id) => "orders/canteens";

    protected override string Did(string act) => words[$"CanteenAct.{act}"];

    protected override string Counted(int count) => words["UndoItems", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) =>
        id % Sorts == 0 ? db.LastChangedByAsync<Canteen>(id / Sorts, ct) : db.LastChangedByAsync<Stall>(id / Sorts, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento?>(before);
        if (id % Sorts == 0) await RestoreCanteenAsync(db, id / Sorts, was, now, ct);
        else await RestoreStallAsync(db, id / Sorts, was, now, ct);
        db.Announce(new KeyChanged(OrdersTopics.Shelf, id / Sorts));
    }

    private async Task RestoreCanteenAsync(LogisticsDb db, long id, Memento? was, DateTimeOffset now, CancellationToken ct)
    {
        var canteen = await db.Canteens.SingleAsync(c => c.Id == id, ct);
        if (was is null)
        {
            if (await db.Stalls.AnyAsync(s => s.CanteenId == id, ct) || await db.ServedMeals.AnyAsync(m => m.CanteenId == id, ct))
                throw Rejected.Because<OrdersText>("InUse", canteen.LocalName);
            db.Canteens.Remove(canteen);
            return;
        }
        await CanteenService.DemandFreeAsync(db.Canteens.Where(c => c.Code == was.Code && c.Id != id), was.Code, ct);
        canteen.Locate(new LocalName(was.Location, was.LocationEn));
        Restore(canteen, was, now);
    }

    private async Task RestoreStallAsync(LogisticsDb db, long id, Memento? was, DateTimeOffset now, CancellationToken ct)
    {
        var stall = await db.Stalls.SingleAsync(s => s.Id == id, ct);
        if (was is null)
        {
            if (await db.ShelfItems.AnyAsync(i => i.StallId == id, ct)) throw Rejected.Because<OrdersText>("InUse", stall.LocalName);
            db.Stalls.Remove(stall);
            return;
        }
        await CanteenService.DemandFreeAsync(
            db.Stalls.Where(s => s.CanteenId == stall.CanteenId && s.Code == was.Code && s.Id != id), was.Code, ct);
        stall.Mark(was.IsHalal);
        Restore(stall, was, now);
    }

    private void Restore(NamedEntity named, Memento was, DateTimeOffset now)
    {
        named.Recode(was.Code);
        named.Rename(was.Name, was.NameEn);
        if (was.IsRetired && named.RetiredAt is null) named.Retire(now, _user.PersonId, "");
        if (!was.IsRetired && named.RetiredAt is not null) named.Restore();
    }

    private static Task<List<Canteen>> CanteensAsync(LogisticsDb db, IEnumerable<long> ids, CancellationToken ct)
    {
        var canteens = ids.Where(id => id % Sorts == 0).Select(id => id / Sorts).ToList();
        return db.Canteens.AsNoTracking().Where(c => canteens.Contains(c.Id)).ToListAsync(ct);
    }

    private static Task<List<Stall>> StallsAsync(LogisticsDb db, IEnumerable<long> ids, CancellationToken ct)
    {
        var stalls = ids.Where(id => id % Sorts == 1).Select(id => id / Sorts).ToList();
        return db.Stalls.AsNoTracking().Where(s => stalls.Contains(s.Id)).ToListAsync(ct);
    }
}
