using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

public static class LeavingSets
{
    extension(LogisticsDb db)
    {
        public DbSet<LeavingRound> LeavingRounds => db.Set<LeavingRound>();
        public DbSet<LeavingClass> LeavingClasses => db.Set<LeavingClass>();
        public DbSet<Leaver> Leavers => db.Set<Leaver>();
    }
}

internal sealed class LeavingRoundConfiguration : IEntityTypeConfiguration<LeavingRound>
{
    public void Configure(EntityTypeBuilder<LeavingRound> round)
    {
        round.ToTable("LeavingRounds", table => table.HasCheckConstraint("CK_LeavingRounds_Days", "\"LastDay\" >= \"FirstDay\""));
        round.Property(r => r.Name).HasMaxLength(OnboardingLimits.Name);
        round.Property(r => r.NameEn).HasMaxLength(OnboardingLimits.NameEn);
        round.Ignore(r => r.LocalName);
        round.HasMany(r => r.Classes).WithOne().HasForeignKey(c => c.RoundId).OnDelete(DeleteBehavior.Cascade);
        round.Navigation(r => r.Classes).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class LeavingClassConfiguration : IEntityTypeConfiguration<LeavingClass>
{
    public void Configure(EntityTypeBuilder<LeavingClass> one)
    {
        one.ToTable("LeavingClasses");
        one.Property(c => c.ClassName).HasMaxLength(OnboardingLimits.ClassName);
        one.HasIndex(c => new { c.RoundId, c.ClassName }).IsUnique();
    }
}

internal sealed class LeaverConfiguration : IEntityTypeConfiguration<Leaver>
{
    public void Configure(EntityTypeBuilder<Leaver> leaver)
    {
        leaver.ToTable("Leavers", table => table.HasCheckConstraint("CK_Leavers_Damage", "\"DamageFen\" >= 0"));
        leaver.Property(l => l.Damage).HasMaxLength(OnboardingLimits.Remark);
        leaver.Property(l => l.PaymentNumber).HasMaxLength(OnboardingLimits.PaymentNumber);
        leaver.Ignore(l => l.OwesDamage);
        leaver.HasIndex(l => new { l.RoundId, l.PersonId }).IsUnique();
        leaver.HasIndex(l => l.PersonId);
        leaver.HasOne<LeavingRound>().WithMany().HasForeignKey(l => l.RoundId).OnDelete(DeleteBehavior.Restrict);
        leaver.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.Restrict);
        leaver.HasOne<Room>().WithMany().HasForeignKey(l => l.RoomId).OnDelete(DeleteBehavior.Restrict);
        leaver.HasOne<Bed>().WithMany().HasForeignKey(l => l.BedId).OnDelete(DeleteBehavior.Restrict);
    }
}
