using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Costs;

public static class CostSets
{
    extension(LogisticsDb db)
    {
        public DbSet<Part> Parts => db.Set<Part>();
        public DbSet<PartPrice> PartPrices => db.Set<PartPrice>();
        public DbSet<LabourRate> LabourRates => db.Set<LabourRate>();
        public DbSet<RepairUse> RepairUses => db.Set<RepairUse>();
        public IQueryable<TicketCost> TicketCosts => TicketCost.Read(db);
    }
}

internal sealed class PartConfiguration : IEntityTypeConfiguration<Part>
{
    public void Configure(EntityTypeBuilder<Part> part)
    {
        part.ToTable("Parts");
        part.Property(p => p.Code).HasMaxLength(CostLimits.Code);
        part.Property(p => p.Name).HasMaxLength(CostLimits.Name);
        part.Property(p => p.NameEn).HasMaxLength(CostLimits.Name);
        part.Property(p => p.Unit).HasMaxLength(CostLimits.Unit);
        part.Property(p => p.UnitEn).HasMaxLength(CostLimits.Unit);
        part.HasIndex(p => p.Code).IsUnique();
        part.HasOne<Person>().WithMany().HasForeignKey(p => p.RetiredById).OnDelete(DeleteBehavior.Restrict);
        part.HasMany(p => p.Prices).WithOne().HasForeignKey(p => p.PartId).OnDelete(DeleteBehavior.Restrict);
        part.Navigation(p => p.Prices).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class PartPriceConfiguration : IEntityTypeConfiguration<PartPrice>
{
    public void Configure(EntityTypeBuilder<PartPrice> price)
    {
        price.ToTable("PartPrices", table => table.HasCheckConstraint("CK_PartPrices_Price", "\"Price\" >= 0"));
        price.HasIndex(p => new { p.PartId, p.From });
        price.HasIndex(p => p.PartId, "IX_PartPrices_Current").IsUnique().HasFilter("\"Until\" IS NULL");
        price.HasOne<Person>().WithMany().HasForeignKey(p => p.SetById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class LabourRateConfiguration : IEntityTypeConfiguration<LabourRate>
{
    public void Configure(EntityTypeBuilder<LabourRate> rate)
    {
        rate.ToTable("LabourRates", table => table.HasCheckConstraint("CK_LabourRates_PricePerHour", "\"PricePerHour\" >= 0"));
        rate.HasIndex(r => new { r.CrewId, r.From });
        rate.HasIndex(r => r.CrewId, "IX_LabourRates_Current").IsUnique().HasFilter("\"Until\" IS NULL");
        rate.HasOne<Crew>().WithMany().HasForeignKey(r => r.CrewId).OnDelete(DeleteBehavior.Restrict);
        rate.HasOne<Person>().WithMany().HasForeignKey(r => r.SetById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class RepairUseConfiguration : IEntityTypeConfiguration<RepairUse>
{
    public void Configure(EntityTypeBuilder<RepairUse> use)
    {
        use.ToTable("RepairUses", table =>
        {
            table.HasCheckConstraint("CK_RepairUses_PartOrLabour",
                "(\"PartId\" IS NOT NULL AND \"Quantity\" IS NOT NULL AND \"Minutes\" IS NULL) OR "
                + "(\"PartId\" IS NULL AND \"Quantity\" IS NULL AND \"Minutes\" IS NOT NULL)");
            // 99990000 is CostLimits.Quantity as stored, in ten-thousandths.
            table.HasCheckConstraint("CK_RepairUses_Quantity", "\"Quantity\" IS NULL OR \"Quantity\" BETWEEN 1 AND 99990000");
            table.HasCheckConstraint("CK_RepairUses_Minutes", "\"Minutes\" IS NULL OR \"Minutes\" BETWEEN 1 AND 1440");
        });
        use.HasIndex(u => new { u.TicketId, u.Id });
        use.HasIndex(u => u.PartId);
        use.HasIndex(u => new { u.PersonId, u.At });
        use.HasIndex(u => u.Key).IsUnique().HasFilter("\"Key\" IS NOT NULL");
        use.HasOne<RepairTicket>().WithMany().HasForeignKey(u => u.TicketId).OnDelete(DeleteBehavior.Restrict);
        use.HasOne<Part>().WithMany().HasForeignKey(u => u.PartId).OnDelete(DeleteBehavior.Restrict);
        use.HasOne<Person>().WithMany().HasForeignKey(u => u.PersonId).OnDelete(DeleteBehavior.Restrict);
        use.HasOne<Person>().WithMany().HasForeignKey(u => u.RecordedById).OnDelete(DeleteBehavior.Restrict);
        use.HasOne<Person>().WithMany().HasForeignKey(u => u.WithdrawnById).OnDelete(DeleteBehavior.Restrict);
    }
}
