using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Dishes and goods. The office reads, the management changes; others get <see cref="Forbidden"/>. Orders keep the price they were made at.</summary>
public sealed class ItemService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, ItemsUndo undo, ILogger<ItemService> log)
{
    private static readonly ItemFormValidator Rules = new();

    /// <summary>A window of <see cref="ItemFilter.PageSize"/> rows, and how many there are.</summary>
    public async Task<ItemWindow> ListAsync(ItemFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        var items = Filtered(db, filter);
        return new ItemWindow(await Rows(db, items).Skip(filter.Skip).Take(ItemFilter.PageSize).ToListAsync(ct), await items.CountAsync(ct));
    }

    /// <summary>All that the filter finds, in its order.</summary>
    public async Task<IReadOnlyList<ItemRow>> AllAsync(ItemFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(db, Filtered(db, filter)).ToListAsync(ct);
    }

    /// <summary>All prices of an item, the one in force first.</summary>
    public async Task<IReadOnlyList<ItemPriceRow>> PricesAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.ItemPrices.AsNoTracking().Where(p => p.ItemId == id).OrderByDescending(p => p.Id).Select(p => new ItemPriceRow(
            new Money(p.PriceFen), p.From, db.Users.Where(u => u.Id == p.SetById).Select(u => u.FullName).FirstOrDefault())).ToListAsync(ct);
    }

    /// <summary>Adds a dish or thing. Refuses at the field a code that another one of its shelf has, also a retired one.</summary>
    public async Task<long> CreateAsync(ItemForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return await WriteAsync("added", async (db, token) =>
        {
            var (name, price) = (NameOf(form), Money.FromYuan(form.Price!.Value));
            var (isDish, stall) = (form.Shelf == ShelfKind.Meals, form.StallId);
            if (isDish && !await db.Stalls.Living().AnyAsync(s => s.Id == stall, token)) throw new NotFound();
            var item = isDish ? ShelfItem.Dish(stall!.Value, form.Code!, name, price, user.PersonId, office.Now)
                : ShelfItem.Goods(form.Code!, name, price, user.PersonId, office.Now);
            Fill(item, form);
            if (form.Picture is { } picture) item.Show(picture);
            await DemandFreeCodeAsync(db, item.Shelf, item.Code, 0, token);
            db.ShelfItems.Add(item);
            await db.SaveChangesAsync(token);
            return item.Id;
        }, ct);
    }

    /// <summary>Changes an item; a new price applies to orders from now on. Throws <see cref="Stale"/> if it changed since the form was opened.</summary>
    public Task SaveAsync(long id, ItemForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return ActAsync(ItemAct.Edit, id, async (db, item, token) =>
        {
            if (item.Revision != form.Version) throw new Stale(await db.LastChangedByAsync<ShelfItem>(id, token), item.LocalName.ToString());
            await DemandFreeCodeAsync(db, item.Shelf, CleanText.Clean(form.Code), id, token);
            item.Recode(form.Code!);
            item.Rename(form.Name!, form.NameEn ?? "");
            item.SetPrice(Money.FromYuan(form.Price!.Value), user.PersonId, office.Now);
            Fill(item, form);
            if (form.Picture is { } picture) item.Show(picture);
        }, ct);
    }

    /// <summary>停用: no longer offered. Orders that are paid are still handed over.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => ActAsync(ItemAct.Retire, id, (_, item, _) =>
    {
        if (item.RetiredAt is null) item.Retire(office.Now, user.PersonId, "");
        return Task.CompletedTask;
    }, ct);

    public Task RestoreAsync(long id, CancellationToken ct = default) => ActAsync(ItemAct.Restore, id, (_, item, _) =>
    {
        item.Restore();
        return Task.CompletedTask;
    }, ct);

    internal static async Task DemandFreeCodeAsync(LogisticsDb db, ShelfKind shelf, string code, long own, CancellationToken ct)
    {
        if (await db.ShelfItems.AnyAsync(i => i.Shelf == shelf && i.Code == code && i.Id != own, ct))
            throw Rejected.At<OrdersText>(nameof(ItemForm.Code), "CodeTaken", code);
    }

    internal static void Fill(ShelfItem item, ItemForm form)
    {
        item.Describe(form.Category ?? "", form.Unit ?? "", form.Allergens ?? "", form.IsVegetarian, form.IsHalal);
        if (item.Shelf == ShelfKind.Meals) item.Serve(form.Days, form.Meals, form.Portions ?? 0);
        item.Offer(form.Limit ?? 0, form.IsDelivered, form.Threshold ?? 0);
    }

    private static LocalName NameOf(ItemForm form) => new(form.Name!, form.NameEn ?? "");

    private static IQueryable<ShelfItem> Filtered(LogisticsDb db, ItemFilter filter)
    {
        var items = db.ShelfItems.AsNoTracking().Where(i => i.Shelf == filter.Shelf);
        if (filter.State is ItemState.Current or ItemState.Restock) items = items.Where(i => i.RetiredAt == null);
        if (filter.State == ItemState.Restock) items = items.Where(i => i.Stock <= i.Threshold);
        if (filter.State == ItemState.Retired) items = items.Where(i => i.RetiredAt != null);
        if (filter.StallId is { } stall) items = items.Where(i => i.StallId == stall);
        foreach (var word in SearchWords.Of(filter.Text))
        {
            var pattern = LikePattern.Containing(word);
            items = items.Where(i => EF.Functions.Like(i.Code, pattern, LikePattern.Escape) || EF.Functions.Like(i.Name, pattern, LikePattern.Escape)
                || EF.Functions.Like(i.NameEn, pattern, LikePattern.Escape) || EF.Functions.Like(i.Category, pattern, LikePattern.Escape));
        }
        return items;
    }

    private static IQueryable<ItemRow> Rows(LogisticsDb db, IQueryable<ShelfItem> items)
    {
        var (stalls, canteens) = (db.Stalls, db.Canteens);
        return items.OrderBy(i => i.Category).ThenBy(i => i.StallId).ThenBy(i => i.Code).ThenBy(i => i.Id).Select(i => new ItemRow(
            i.Id, i.Revision, i.Shelf, i.Code, new LocalName(i.Name, i.NameEn), i.StallId,
            stalls.Where(s => s.Id == i.StallId).Select(s => new LocalName(s.Name, s.NameEn)).FirstOrDefault(),
            stalls.Where(s => s.Id == i.StallId).Join(canteens, s => s.CanteenId, c => c.Id, (s, c) => new LocalName(c.Name, c.NameEn)).FirstOrDefault(),
            new Money(i.PriceFen), i.Category, i.Unit, i.Allergens, i.IsVegetarian, i.IsHalal, i.Days, i.Meals, i.PortionsPerMeal, i.LimitPerPerson,
            i.IsDelivered, i.Threshold, i.Stock, i.PictureKey, i.RetiredAt != null));
    }

    private async Task ActAsync(ItemAct act, long id, Func<LogisticsDb, ShelfItem, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(act.ToString(), async (db, token) =>
        {
            var item = await db.ShelfItems.FirstOrDefaultAsync(i => i.Id == id, token) ?? throw new NotFound();
            step = await undo.RecordAsync(db, act.ToString(), [id], async () =>
            {
                await work(db, item, token);
                item.Revise();
            }, token);
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
