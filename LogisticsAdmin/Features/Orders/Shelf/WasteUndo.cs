using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Undo of recorded waste, for the whole office. What was recorded first is removed again.</summary>
public sealed class WasteUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<OrdersText> words)
    : StepUndo(databases, user, clock)
{
    /// <summary>The values of what is not recorded.</summary>
    internal const string Nothing = "null";

    private sealed record Memento(int Quantity, WasteReason? Reason);

    protected override string Kind => "meal-waste";

    protected override void Demand(Actor actor) => actor.DemandOrders();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var waste = await db.MealWastes.AsNoTracking().Where(w => ids.Contains(w.Id)).ToListAsync(ct);
        return waste.ToDictionary(w => w.Id, w => JsonSerializer.Serialize(new Memento(w.Quantity, w.Reason)));
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var items = db.ShelfItems;
        var found = await db.MealWastes.AsNoTracking().Where(w => ids.Contains(w.Id))
            .Join(items, w => w.ItemId, i => i.Id, (w, i) => new { w.Id, w.Quantity, Dish = new LocalName(i.Name, i.NameEn) }).ToListAsync(ct);
        return found.ToDictionary(w => w.Id, w => string.Create(CultureInfo.InvariantCulture, $"{w.Dish} ×{w.Quantity}"));
    }

    protected override string AddressOf(long id) => "orders/portions";

    protected override string Did(string act) => words[$"WasteAct.{act}"];

    protected override string Counted(int count) => words["UndoItems", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<MealWaste>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var waste = await db.MealWastes.SingleAsync(w => w.Id == id, ct);
        if (JsonSerializer.Deserialize<Memento?>(before) is { } was) waste.Set(was.Quantity, was.Reason);
        else db.MealWastes.Remove(waste);
        db.Announce(new KeyChanged(OrdersTopics.Waste, id) { Day = waste.Day });
    }
}
