using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Undo of changes to dishes and goods, for the management. An earlier price is set again; its history keeps the other one.</summary>
public sealed class ItemsUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<OrdersText> words, MediaStore store)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    // Without HasPicture: stored before pictures were part of it.
    private sealed record Memento(
        string Code, string Name, string NameEn, long Fen, string Category, string Unit, string Allergens, bool IsVegetarian, bool IsHalal, int Days, int Meals,
        int Portions, int Limit, bool IsDelivered, int Threshold, bool IsRetired,
        Guid? Picture = null, bool HasPicture = false);

    protected override string Kind => "shelf-items";

    protected override void Demand(Actor actor) => actor.DemandShelf();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var items = await db.ShelfItems.AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(ct);
        return items.ToDictionary(i => i.Id, i => JsonSerializer.Serialize(new Memento(
            i.Code, i.Name, i.NameEn, i.PriceFen, i.Category, i.Unit, i.Allergens, i.IsVegetarian, i.IsHalal, i.Days, i.Meals, i.PortionsPerMeal,
            i.LimitPerPerson, i.IsDelivered, i.Threshold, i.RetiredAt is not null, i.PictureKey, HasPicture: true)));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.ShelfItems.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => $"{i.Code} {i.Name}", ct);

    protected override string AddressOf(long id) => "orders/dishes";

    protected override string Did(string act) => words[$"ItemAct.{act}"];

    protected override string Counted(int count) => words["UndoItems", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<ShelfItem>(id, ct);

    protected override string? Restorable(string before, string after, string now)
    {
        var (then, current) = (JsonSerializer.Deserialize<Memento>(after)!, JsonSerializer.Deserialize<Memento>(now)!);
        return then == (then.HasPicture ? current : current with { Picture = null, HasPicture = false }) ? before : null;
    }

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var item = await db.ShelfItems.FirstAsync(i => i.Id == id, ct);
        await ItemService.DemandFreeCodeAsync(db, item.Shelf, was.Code, id, ct);
        item.Recode(was.Code);
        item.Rename(was.Name, was.NameEn);
        item.SetPrice(new Money(was.Fen), _user.PersonId, now);
        item.Describe(was.Category, was.Unit, was.Allergens, was.IsVegetarian, was.IsHalal);
        item.Serve(was.Days, was.Meals, was.Portions);
        item.Offer(was.Limit, was.IsDelivered, was.Threshold);
        // A picture that nothing referred to may be swept already.
        if (was.HasPicture) item.Show(was.Picture is { } picture && store.Exists(picture) ? picture : null);
        if (was.IsRetired && item.RetiredAt is null) item.Retire(now, _user.PersonId, "");
        if (!was.IsRetired && item.RetiredAt is not null) item.Restore();
        item.Revise();
        db.Announce(new KeyChanged(OrdersTopics.Shelf, id));
    }
}
