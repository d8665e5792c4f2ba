using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Portions that were thrown away, recorded by the whole office; others get <see cref="Forbidden"/>.</summary>
public sealed class WasteService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, WasteUndo undo, ILogger<WasteService> log)
{
    private static readonly WasteFormValidator Rules = new();

    /// <summary>What was recorded of one meal, by the id of the dish.</summary>
    public async Task<IReadOnlyDictionary<long, WasteRow>> ReadAsync(DateOnly day, Meal meal, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.MealWastes.AsNoTracking().Where(w => w.Day == day && w.Meal == meal)
            .ToDictionaryAsync(w => w.ItemId, w => new WasteRow(w.Version, w.Quantity, w.Reason), ct);
    }

    /// <summary>
    /// Says how many portions of a dish were thrown away at a meal until today, and why. Said again, it replaces what was said before; throws
    /// <see cref="Stale"/> if that changed since the form was opened.
    /// </summary>
    public async Task RecordAsync(long itemId, DateOnly day, Meal meal, WasteForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        long? step = null;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrders();
            if (!Enum.IsDefined(meal) || !await db.ShelfItems.AnyAsync(i => i.Id == itemId && i.Shelf == ShelfKind.Meals, token)) throw new NotFound();
            if (day > office.Today) throw Rejected.Because<OrdersText>("WasteTooEarly");
            var stored = await db.MealWastes.SingleOrDefaultAsync(w => w.ItemId == itemId && w.Day == day && w.Meal == meal, token);
            if ((stored?.Version ?? 0) != form.Version) throw new Stale(await db.LastChangedByAsync<MealWaste>(stored?.Id ?? 0, token), null);
            var waste = stored ?? new MealWaste(itemId, day, meal);
            step = stored is null
                ? await undo.RecordNewAsync(db, nameof(WasteAct.Record), WasteUndo.Nothing, () => AddAsync(db, waste, form, token), token)
                : await undo.RecordAsync(db, nameof(WasteAct.Correct), [stored.Id], () => SetAsync(stored, form), token);
            db.Announce(new KeyChanged(OrdersTopics.Waste, waste.Id) { Day = day });
        }, ct);
        undo.Offer(step);
        log.ShelfDone("waste recorded", itemId, user.ActorOrNull?.PersonId);
    }

    private static async Task<long> AddAsync(LogisticsDb db, MealWaste waste, WasteForm form, CancellationToken ct)
    {
        waste.Set(form.Quantity!.Value, form.Reason);
        db.MealWastes.Add(waste);
        await db.SaveChangesAsync(ct);
        return waste.Id;
    }

    private static Task SetAsync(MealWaste waste, WasteForm form)
    {
        waste.Set(form.Quantity!.Value, form.Reason);
        return Task.CompletedTask;
    }
}
