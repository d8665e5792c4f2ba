using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Orders.Shelf;

public static class ShelfSets
{
    extension(LogisticsDb db)
    {
        public DbSet<Canteen> Canteens => db.Set<Canteen>();
        public DbSet<Stall> Stalls => db.Set<Stall>();
        public DbSet<ServedMeal> ServedMeals => db.Set<ServedMeal>();
        public DbSet<ShelfItem> ShelfItems => db.Set<ShelfItem>();
        public DbSet<ItemPrice> ItemPrices => db.Set<ItemPrice>();
        public DbSet<StockMovement> StockMovements => db.Set<StockMovement>();
        public DbSet<MealStock> MealStocks => db.Set<MealStock>();
        public DbSet<MealWaste> MealWastes => db.Set<MealWaste>();
        public DbSet<OrderingRules> OrderingRules => db.Set<OrderingRules>();
    }

    /// <summary>The rules in force.</summary>
    internal static async Task<OrderingRules> RulesAsync(this LogisticsDb db, CancellationToken ct) =>
        await db.OrderingRules.AsNoTracking().SingleOrDefaultAsync(ct) ?? new OrderingRules();
}

internal sealed class CanteenConfiguration : IEntityTypeConfiguration<Canteen>
{
    public void Configure(EntityTypeBuilder<Canteen> canteen)
    {
        canteen.ToTable("Canteens").IsNamed();
        canteen.Property(c => c.Location).HasMaxLength(OrdersLimits.Text);
        canteen.Property(c => c.LocationEn).HasMaxLength(OrdersLimits.Text);
        canteen.HasIndex(c => c.Code).IsUnique();
    }
}

internal sealed class StallConfiguration : IEntityTypeConfiguration<Stall>
{
    public void Configure(EntityTypeBuilder<Stall> stall)
    {
        stall.ToTable("Stalls").IsNamed();
        stall.HasIndex(s => new { s.CanteenId, s.Code }).IsUnique();
        stall.HasOne<Canteen>().WithMany().HasForeignKey(s => s.CanteenId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ServedMealConfiguration : IEntityTypeConfiguration<ServedMeal>
{
    public void Configure(EntityTypeBuilder<ServedMeal> meal)
    {
        meal.ToTable("ServedMeals");
        meal.HasIndex(m => new { m.CanteenId, m.Meal }).IsUnique();
        meal.HasOne<Canteen>().WithMany().HasForeignKey(m => m.CanteenId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ShelfItemConfiguration : IEntityTypeConfiguration<ShelfItem>
{
    public void Configure(EntityTypeBuilder<ShelfItem> item)
    {
        item.ToTable("ShelfItems", table => table.HasCheckConstraint("CK_ShelfItems_Stock", "\"Stock\" >= 0")).IsNamed();
        item.Ignore(i => i.Price);
        item.Property(i => i.Category).HasMaxLength(OrdersLimits.Name);
        item.Property(i => i.Unit).HasMaxLength(OrdersLimits.Unit);
        item.Property(i => i.Allergens).HasMaxLength(OrdersLimits.Text);
        item.HasIndex(i => new { i.Shelf, i.Code }).IsUnique();
        item.HasIndex(i => i.StallId);
        item.HasOne<Stall>().WithMany().HasForeignKey(i => i.StallId).OnDelete(DeleteBehavior.Restrict);
        item.HasMany(i => i.Prices).WithOne().HasForeignKey(p => p.ItemId).OnDelete(DeleteBehavior.Restrict);
        item.Navigation(i => i.Prices).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class ItemPriceConfiguration : IEntityTypeConfiguration<ItemPrice>
{
    public void Configure(EntityTypeBuilder<ItemPrice> price)
    {
        price.ToTable("ItemPrices", table => table.HasCheckConstraint("CK_ItemPrices_Price", "\"PriceFen\" >= 0"));
        price.HasOne<Person>().WithMany().HasForeignKey(p => p.SetById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class StockMovementConfiguration : IEntityTypeConfiguration<StockMovement>
{
    public void Configure(EntityTypeBuilder<StockMovement> movement)
    {
        movement.ToTable("StockMovements", table =>
        {
            table.HasCheckConstraint("CK_StockMovements_Quantity", "\"Quantity\" <> 0");
            table.HasCheckConstraint("CK_StockMovements_Balance", "\"Balance\" >= 0");
        });
        movement.Property(m => m.Note).HasMaxLength(OrdersLimits.Reason);
        movement.HasIndex(m => new { m.ItemId, m.Id });
        // An order takes a thing once and gives it back once.
        movement.HasIndex(m => new { m.OrderId, m.ItemId, m.Kind }).IsUnique().HasFilter("\"OrderId\" IS NOT NULL");
        movement.HasOne<ShelfItem>().WithMany().HasForeignKey(m => m.ItemId).OnDelete(DeleteBehavior.Restrict);
        movement.HasOne<Person>().WithMany().HasForeignKey(m => m.ById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MealStockConfiguration : IEntityTypeConfiguration<MealStock>
{
    public void Configure(EntityTypeBuilder<MealStock> stock)
    {
        stock.ToTable("MealStocks", table => table.HasCheckConstraint("CK_MealStocks_Sold", "\"Sold\" >= 0 AND \"Sold\" <= \"Offered\""));
        stock.HasIndex(s => new { s.Day, s.Meal, s.ItemId }).IsUnique();
        stock.HasOne<ShelfItem>().WithMany().HasForeignKey(s => s.ItemId).OnDelete(DeleteBehavior.Restrict);
        stock.Ignore(s => s.Left);
    }
}

internal sealed class MealWasteConfiguration : IEntityTypeConfiguration<MealWaste>
{
    public void Configure(EntityTypeBuilder<MealWaste> waste)
    {
        waste.ToTable("MealWastes", table => table.HasCheckConstraint("CK_MealWastes_Quantity", "\"Quantity\" >= 0"));
        waste.HasIndex(w => new { w.Day, w.Meal, w.ItemId }).IsUnique();
        waste.HasOne<ShelfItem>().WithMany().HasForeignKey(w => w.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OrderingRulesConfiguration : IEntityTypeConfiguration<OrderingRules>
{
    public void Configure(EntityTypeBuilder<OrderingRules> rules) => rules.ToTable("OrderingRules");
}
