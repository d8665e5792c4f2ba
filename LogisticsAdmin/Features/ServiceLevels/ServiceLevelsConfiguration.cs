using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.ServiceLevels;

public static class ServiceLevelSets
{
    extension(LogisticsDb db)
    {
        public DbSet<ServiceLevel> ServiceLevels => db.Set<ServiceLevel>();
        public DbSet<EscalationStep> EscalationSteps => db.Set<EscalationStep>();
    }
}

/// <summary>The scope that levels are set for adds the foreign key of <see cref="ServiceLevel.CategoryId"/>.</summary>
internal sealed class ServiceLevelConfiguration : IEntityTypeConfiguration<ServiceLevel>
{
    public void Configure(EntityTypeBuilder<ServiceLevel> level)
    {
        level.ToTable("ServiceLevels", table => table.HasCheckConstraint("CK_ServiceLevels_Limits", "\"ResponseMinutes\" > 0 AND \"CompletionMinutes\" > 0"));
        level.Property(l => l.Why).HasMaxLength(ServiceLevelLimits.Why);
        level.Ignore(l => l.Response).Ignore(l => l.Completion);
        // At most one level in force for an urgency, and one for each category that has its own.
        level.HasIndex(l => l.Urgency).IsUnique().HasFilter("\"Until\" IS NULL AND \"CategoryId\" IS NULL").HasDatabaseName("IX_ServiceLevels_InForce");
        level.HasIndex(l => new { l.Urgency, l.CategoryId }).IsUnique().HasFilter("\"Until\" IS NULL AND \"CategoryId\" IS NOT NULL")
            .HasDatabaseName("IX_ServiceLevels_InForceOfCategory");
        level.HasOne<Person>().WithMany().HasForeignKey(l => l.SetById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class EscalationStepConfiguration : IEntityTypeConfiguration<EscalationStep>
{
    public void Configure(EntityTypeBuilder<EscalationStep> step)
    {
        step.ToTable("EscalationSteps");
        step.HasIndex(s => new { s.Clock, s.OffsetMinutes, s.Audience }).IsUnique();
    }
}
