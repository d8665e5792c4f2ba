using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Orders.Ordering;

public static class OrderingSets
{
    extension(LogisticsDb db)
    {
        public DbSet<PlacedOrder> PlacedOrders => db.Set<PlacedOrder>();
        public DbSet<OrderLine> OrderLines => db.Set<OrderLine>();
        public DbSet<ItemReview> ItemReviews => db.Set<ItemReview>();
    }
}

internal sealed class PlacedOrderConfiguration : IEntityTypeConfiguration<PlacedOrder>
{
    public void Configure(EntityTypeBuilder<PlacedOrder> order)
    {
        order.ToTable("PlacedOrders", table => table.HasCheckConstraint("CK_PlacedOrders_Total", "\"TotalFen\" >= 0"));
        order.Property(o => o.Number).HasMaxLength(20);
        order.Property(o => o.Code).HasMaxLength(PickUpCode.Length);
        order.Property(o => o.Wish).HasMaxLength(OrdersLimits.Wish);
        order.Property(o => o.PaymentNumber).HasMaxLength(20);
        order.Property(o => o.Because).HasMaxLength(OrdersLimits.Reason);
        order.Ignore(o => o.Total).Ignore(o => o.Reference);
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.Code).IsUnique();
        order.HasIndex(o => new { o.PersonId, o.Key }).IsUnique().HasFilter("\"Key\" IS NOT NULL");
        order.HasIndex(o => new { o.PersonId, o.Id });
        order.HasIndex(o => new { o.Day, o.Meal, o.CanteenId, o.State });
        order.HasIndex(o => new { o.State, o.HeldUntil });
        order.HasIndex(o => new { o.Shelf, o.State, o.Id });
        order.HasOne<Person>().WithMany().HasForeignKey(o => o.PersonId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Stall>().WithMany().HasForeignKey(o => o.StallId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Canteen>().WithMany().HasForeignKey(o => o.CanteenId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Room>().WithMany().HasForeignKey(o => o.RoomId).OnDelete(DeleteBehavior.Restrict);
        order.HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId).OnDelete(DeleteBehavior.Restrict);
        order.HasMany(o => o.Events).WithOne().HasForeignKey(e => e.OrderId).OnDelete(DeleteBehavior.Restrict);
        order.Navigation(o => o.Lines).UsePropertyAccessMode(PropertyAccessMode.Field);
        order.Navigation(o => o.Events).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class OrderLineConfiguration : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> line)
    {
        line.ToTable("OrderLines", table => table.HasCheckConstraint("CK_OrderLines_Quantity", "\"Quantity\" > 0"));
        line.Property(l => l.Name).HasMaxLength(OrdersLimits.Name);
        line.Property(l => l.NameEn).HasMaxLength(OrdersLimits.NameEn);
        line.HasIndex(l => new { l.OrderId, l.ItemId }).IsUnique();
        line.HasOne<ShelfItem>().WithMany().HasForeignKey(l => l.ItemId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class OrderEventConfiguration : IEntityTypeConfiguration<OrderEvent>
{
    public void Configure(EntityTypeBuilder<OrderEvent> line)
    {
        line.ToTable("OrderEvents");
        line.Property(e => e.Text).HasMaxLength(OrdersLimits.Reason);
        line.HasIndex(e => new { e.OrderId, e.Id });
        line.HasOne<Person>().WithMany().HasForeignKey(e => e.ById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ItemReviewConfiguration : IEntityTypeConfiguration<ItemReview>
{
    public void Configure(EntityTypeBuilder<ItemReview> review)
    {
        review.ToTable("ItemReviews", table => table.HasCheckConstraint("CK_ItemReviews_Stars", "\"Stars\" BETWEEN 1 AND 5"));
        review.Property(r => r.Text).HasMaxLength(OrdersLimits.Review);
        review.HasIndex(r => r.LineId).IsUnique();
        review.HasIndex(r => new { r.ItemId, r.Id });
        review.HasOne<OrderLine>().WithMany().HasForeignKey(r => r.LineId).OnDelete(DeleteBehavior.Restrict);
        review.HasOne<ShelfItem>().WithMany().HasForeignKey(r => r.ItemId).OnDelete(DeleteBehavior.Restrict);
        review.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
