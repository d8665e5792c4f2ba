using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Office;

public static class OfficeSets
{
    extension(LogisticsDb db)
    {
        public DbSet<OfficeProfile> OfficeProfiles => db.Set<OfficeProfile>();
        public DbSet<ConfirmedStep> ConfirmedSteps => db.Set<ConfirmedStep>();
    }
}

internal sealed class OfficeProfileConfiguration : IEntityTypeConfiguration<OfficeProfile>
{
    public void Configure(EntityTypeBuilder<OfficeProfile> profile)
    {
        profile.ToTable("OfficeProfiles");
        profile.Property(p => p.Name).HasMaxLength(OfficeLimits.Name);
        profile.Property(p => p.NameEn).HasMaxLength(OfficeLimits.Name);
        profile.Property(p => p.Phone).HasMaxLength(OfficeLimits.Phone);
        profile.Property(p => p.Email).HasMaxLength(OfficeLimits.Email);
        profile.Property(p => p.Hours).HasMaxLength(OfficeLimits.Hours);
        profile.Property(p => p.HoursEn).HasMaxLength(OfficeLimits.Hours);
    }
}

internal sealed class ConfirmedStepConfiguration : IEntityTypeConfiguration<ConfirmedStep>
{
    public void Configure(EntityTypeBuilder<ConfirmedStep> step)
    {
        step.ToTable("ConfirmedSteps");
        step.Property(s => s.Key).HasMaxLength(40);
        step.HasIndex(s => s.Key).IsUnique();
        step.HasOne<Person>().WithMany().HasForeignKey(s => s.ById).OnDelete(DeleteBehavior.Restrict);
    }
}
