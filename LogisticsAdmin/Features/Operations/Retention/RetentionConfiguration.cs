using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Operations.Retention;

public static class RetentionSets
{
    extension(LogisticsDb db)
    {
        public DbSet<RetentionSettings> RetentionSettings => db.Set<RetentionSettings>();
        public DbSet<RetentionRun> RetentionRuns => db.Set<RetentionRun>();
    }
}

internal sealed class RetentionSettingsConfiguration : IEntityTypeConfiguration<RetentionSettings>
{
    public void Configure(EntityTypeBuilder<RetentionSettings> settings) => settings.ToTable("RetentionSettings");
}

internal sealed class RetentionRunConfiguration : IEntityTypeConfiguration<RetentionRun>
{
    public void Configure(EntityTypeBuilder<RetentionRun> run)
    {
        run.ToTable("RetentionRuns");
        run.HasIndex(r => r.StartedAt);
        run.HasOne<Person>().WithMany().HasForeignKey(r => r.RequestedById).OnDelete(DeleteBehavior.Restrict);
    }
}
