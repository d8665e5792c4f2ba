using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Imports;

public static class ImportSets
{
    extension(LogisticsDb db)
    {
        public DbSet<ImportBatch> ImportBatches => db.Set<ImportBatch>();
        public DbSet<ImportRecord> ImportRecords => db.Set<ImportRecord>();
        public DbSet<ImportChange> ImportChanges => db.Set<ImportChange>();
        public DbSet<ImportMapping> ImportMappings => db.Set<ImportMapping>();
    }
}

internal sealed class ImportBatchConfiguration : IEntityTypeConfiguration<ImportBatch>
{
    public void Configure(EntityTypeBuilder<ImportBatch> batch)
    {
        batch.ToTable("ImportBatches");
        batch.Property(b => b.Kind).HasMaxLength(40);
        batch.Property(b => b.FileName).HasMaxLength(255);
        batch.Property(b => b.Sheet).HasMaxLength(80);
        batch.Ignore(b => b.Counts);
        batch.HasIndex(b => new { b.Kind, b.At });
        batch.HasOne<Person>().WithMany().HasForeignKey(b => b.ById).OnDelete(DeleteBehavior.Restrict);
        batch.HasOne<Person>().WithMany().HasForeignKey(b => b.UndoneById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ImportRecordConfiguration : IEntityTypeConfiguration<ImportRecord>
{
    public void Configure(EntityTypeBuilder<ImportRecord> record)
    {
        record.ToTable("ImportRecords");
        record.HasKey(r => r.BatchId);
        record.Property(r => r.BatchId).ValueGeneratedNever();
        record.HasOne<ImportBatch>().WithOne().HasForeignKey<ImportRecord>(r => r.BatchId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportChangeConfiguration : IEntityTypeConfiguration<ImportChange>
{
    public void Configure(EntityTypeBuilder<ImportChange> change)
    {
        change.ToTable("ImportChanges");
        change.HasIndex(c => c.BatchId);
        change.HasOne<ImportBatch>().WithMany().HasForeignKey(c => c.BatchId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ImportMappingConfiguration : IEntityTypeConfiguration<ImportMapping>
{
    public void Configure(EntityTypeBuilder<ImportMapping> mapping)
    {
        mapping.ToTable("ImportMappings");
        mapping.Property(m => m.Kind).HasMaxLength(40);
        mapping.Property(m => m.Headers).HasMaxLength(64);
        mapping.HasIndex(m => new { m.Kind, m.Headers }).IsUnique();
    }
}
