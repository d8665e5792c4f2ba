using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders;

/// <summary>A meal is named by its canteen, and waste by its dish. Allergens are shown by their names.</summary>
internal sealed class OrdersAuditWords() : AuditWords<OrdersText>(
    typeof(Canteen), typeof(Stall), typeof(ServedMeal), typeof(ShelfItem), typeof(MealWaste), typeof(OrderingRules))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity == typeof(MealWaste)) return Wastes(db);
        if (entity != typeof(ServedMeal)) return null;
        var canteens = db.Canteens;
        return db.ServedMeals.AsNoTracking().Join(canteens, m => m.CanteenId, c => c.Id, (m, c) => new EntityName
        {
            Id = m.Id,
            Zh = c.Name + " #" + m.Id,
            En = c.NameEn + " #" + m.Id,
            Search = c.Name + " " + c.NameEn,
        });
    }

    public override string? Measure(IStringLocalizer words, string entity, string field, string stored) =>
        entity == nameof(ShelfItem) && field == nameof(ShelfItem.Allergens) ? AllergenList.Parse(stored).Show() : null;

    private static IQueryable<EntityName> Wastes(LogisticsDb db)
    {
        var items = db.ShelfItems;
        return db.MealWastes.AsNoTracking().Join(items, w => w.ItemId, i => i.Id, (w, i) => new EntityName
        {
            Id = w.Id,
            Zh = i.Name + " #" + w.Id,
            En = (i.NameEn == "" ? i.Name : i.NameEn) + " #" + w.Id,
            Search = i.Name + " " + i.NameEn,
        });
    }
}
