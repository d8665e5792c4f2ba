using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Fees.Metering;

public static class MeteringSets
{
    extension(LogisticsDb db)
    {
        public DbSet<Meter> Meters => db.Set<Meter>();
        public DbSet<MeterRoom> MeterRooms => db.Set<MeterRoom>();
        public DbSet<MeterReading> MeterReadings => db.Set<MeterReading>();
    }
}

internal sealed class MeterConfiguration : IEntityTypeConfiguration<Meter>
{
    public void Configure(EntityTypeBuilder<Meter> meter)
    {
        meter.ToTable("Meters", table =>
        {
            table.HasCheckConstraint("CK_Meters_Multiplier", "\"Multiplier\" > 0");
            table.HasCheckConstraint("CK_Meters_Digits", "\"Digits\" BETWEEN 3 AND 9");
        });
        meter.Property(m => m.Number).HasMaxLength(FeesLimits.MeterNumber);
        meter.Ignore(m => m.RollsOverAt);
        meter.HasIndex(m => new { m.KindId, m.Number }).IsUnique().HasFilter("\"RemovedOn\" IS NULL");
        meter.HasOne<FeeKind>().WithMany().HasForeignKey(m => m.KindId).OnDelete(DeleteBehavior.Restrict);
        meter.HasOne<Meter>().WithMany().HasForeignKey(m => m.ReplacedByMeterId).OnDelete(DeleteBehavior.Restrict);
        meter.HasMany(m => m.Rooms).WithOne().HasForeignKey(r => r.MeterId).OnDelete(DeleteBehavior.Restrict);
        meter.Navigation(m => m.Rooms).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class MeterRoomConfiguration : IEntityTypeConfiguration<MeterRoom>
{
    public void Configure(EntityTypeBuilder<MeterRoom> room)
    {
        room.ToTable("MeterRooms", table => table.HasCheckConstraint("CK_MeterRooms_Share", "\"Share\" > 0"));
        room.HasIndex(r => new { r.MeterId, r.RoomId }).IsUnique().HasFilter("\"LastDay\" IS NULL");
        room.HasIndex(r => r.RoomId);
        room.HasOne<Room>().WithMany().HasForeignKey(r => r.RoomId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MeterReadingConfiguration : IEntityTypeConfiguration<MeterReading>
{
    public void Configure(EntityTypeBuilder<MeterReading> reading)
    {
        reading.ToTable("MeterReadings", table => table.HasCheckConstraint("CK_MeterReadings_Value", "\"Value\" >= 0"));
        reading.Property(r => r.Note).HasMaxLength(FeesLimits.Note);
        reading.Ignore(r => r.IsEstimate);
        // One reading of a meter counts on a day.
        reading.HasIndex(r => new { r.MeterId, r.Day }).IsUnique().HasFilter("\"ReplacedAt\" IS NULL");
        reading.HasIndex(r => r.Key).IsUnique();
        reading.HasIndex(r => r.PhotoKey).HasFilter("\"PhotoKey\" IS NOT NULL");
        reading.HasOne<Meter>().WithMany().HasForeignKey(r => r.MeterId).OnDelete(DeleteBehavior.Restrict);
        reading.HasOne<MeterReading>().WithMany().HasForeignKey(r => r.ReplacedById).OnDelete(DeleteBehavior.Restrict);
        reading.HasOne<Person>().WithMany().HasForeignKey(r => r.RecordedById).OnDelete(DeleteBehavior.Restrict);
    }
}
