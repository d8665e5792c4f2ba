using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Fees.Billing;

public static class BillingSets
{
    extension(LogisticsDb db)
    {
        public DbSet<BillingRun> BillingRuns => db.Set<BillingRun>();
        public DbSet<Bill> Bills => db.Set<Bill>();
        public DbSet<BillShare> BillShares => db.Set<BillShare>();
        public DbSet<BillMeter> BillMeters => db.Set<BillMeter>();
        public DbSet<SettledShare> SettledShares => db.Set<SettledShare>();
        public DbSet<GivenBack> GivenBacks => db.Set<GivenBack>();
    }
}

internal sealed class BillingRunConfiguration : IEntityTypeConfiguration<BillingRun>
{
    public void Configure(EntityTypeBuilder<BillingRun> run)
    {
        run.ToTable("BillingRuns");
        run.Property(r => r.Period).HasMaxLength(20);
        // One run of a kind at a time, and one that corrects.
        run.HasIndex(r => new { r.KindId, r.IsCorrection }).IsUnique().HasFilter("\"State\" = 1");
        run.HasOne<FeeKind>().WithMany().HasForeignKey(r => r.KindId).OnDelete(DeleteBehavior.Restrict);
        run.HasOne<Person>().WithMany().HasForeignKey(r => r.StartedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BillConfiguration : IEntityTypeConfiguration<Bill>
{
    public void Configure(EntityTypeBuilder<Bill> bill)
    {
        bill.ToTable("Bills");
        bill.Property(b => b.Number).HasMaxLength(30);
        bill.Property(b => b.Period).HasMaxLength(20);
        bill.Property(b => b.Subject).HasMaxLength(40);
        bill.HasIndex(b => b.Number).IsUnique();
        // One regular bill for each kind, period and room or person, and one that was imported.
        bill.HasIndex(b => new { b.FeeKindId, b.Subject, b.Period }).IsUnique().HasFilter("\"Kind\" = 1");
        bill.HasIndex(b => new { b.FeeKindId, b.Subject, b.Period }, "IX_Bills_Imported").IsUnique().HasFilter("\"Kind\" = 3");
        bill.HasIndex(b => new { b.Subject, b.Id });
        bill.HasIndex(b => new { b.FeeKindId, b.Period, b.RoomId });
        // Reports count bills by the end of their period.
        bill.HasIndex(b => b.PeriodLast);
        bill.HasIndex(b => b.RunId);
        bill.HasIndex(b => b.CorrectsId);
        bill.HasOne<FeeKind>().WithMany().HasForeignKey(b => b.FeeKindId).OnDelete(DeleteBehavior.Restrict);
        bill.HasOne<BillingRun>().WithMany().HasForeignKey(b => b.RunId).OnDelete(DeleteBehavior.Restrict);
        bill.HasOne<Room>().WithMany().HasForeignKey(b => b.RoomId).OnDelete(DeleteBehavior.Restrict);
        bill.HasOne<Person>().WithMany().HasForeignKey(b => b.PersonId).OnDelete(DeleteBehavior.Restrict);
        bill.HasOne<Bill>().WithMany().HasForeignKey(b => b.CorrectsId).OnDelete(DeleteBehavior.Restrict);
        bill.HasMany(b => b.Shares).WithOne().HasForeignKey(s => s.BillId).OnDelete(DeleteBehavior.Restrict);
        bill.Navigation(b => b.Shares).UsePropertyAccessMode(PropertyAccessMode.Field);
        bill.HasMany(b => b.Meters).WithOne().HasForeignKey(m => m.BillId).OnDelete(DeleteBehavior.Restrict);
        bill.Navigation(b => b.Meters).UsePropertyAccessMode(PropertyAccessMode.Field);
        bill.Ignore(b => b.Charged).Ignore(b => b.FeePeriod);
    }
}

internal sealed class BillShareConfiguration : IEntityTypeConfiguration<BillShare>
{
    public void Configure(EntityTypeBuilder<BillShare> share)
    {
        share.ToTable("BillShares").HasKey(s => new { s.BillId, s.PersonId });
        share.HasIndex(s => new { s.PersonId, s.BillId });
        share.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SettledShareConfiguration : IEntityTypeConfiguration<SettledShare>
{
    public void Configure(EntityTypeBuilder<SettledShare> share)
    {
        share.ToTable("SettledShares");
        share.Property(s => s.Subject).HasMaxLength(40);
        share.Property(s => s.BillNumber).HasMaxLength(30);
        share.Property(s => s.Statement).HasMaxLength(30);
        share.Property(s => s.CountedBy).HasMaxLength(30);
        share.Ignore(s => s.IsOpen);
        share.HasIndex(s => new { s.FeeKindId, s.Subject });
        share.HasIndex(s => s.Statement);
        share.HasOne<FeeKind>().WithMany().HasForeignKey(s => s.FeeKindId).OnDelete(DeleteBehavior.Restrict);
        share.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class GivenBackConfiguration : IEntityTypeConfiguration<GivenBack>
{
    public void Configure(EntityTypeBuilder<GivenBack> back)
    {
        back.ToTable("GivenBacks", table => table.HasCheckConstraint("CK_GivenBacks_Amount", "\"AmountFen\" BETWEEN 0 AND MAX(\"ChargedFen\", 0)"));
        back.Property(b => b.Statement).HasMaxLength(30);
        back.Ignore(b => b.Amount);
        // Nothing is given back twice.
        back.HasIndex(b => new { b.BillId, b.PersonId }).IsUnique().HasFilter("\"TakenBackAt\" IS NULL");
        back.HasIndex(b => b.Statement);
        back.HasOne<Bill>().WithMany().HasForeignKey(b => b.BillId).OnDelete(DeleteBehavior.Restrict);
        back.HasOne<FeeKind>().WithMany().HasForeignKey(b => b.FeeKindId).OnDelete(DeleteBehavior.Restrict);
        back.HasOne<Person>().WithMany().HasForeignKey(b => b.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BillMeterConfiguration : IEntityTypeConfiguration<BillMeter>
{
    public void Configure(EntityTypeBuilder<BillMeter> meter)
    {
        meter.ToTable("BillMeters").HasKey(m => new { m.BillId, m.MeterRoomId });
        meter.HasIndex(m => new { m.MeterRoomId, m.BillId });
        meter.HasIndex(m => new { m.MeterId, m.ClosingDay });
        meter.HasOne<MeterRoom>().WithMany().HasForeignKey(m => m.MeterRoomId).OnDelete(DeleteBehavior.Restrict);
        meter.HasOne<Meter>().WithMany().HasForeignKey(m => m.MeterId).OnDelete(DeleteBehavior.Restrict);
    }
}
