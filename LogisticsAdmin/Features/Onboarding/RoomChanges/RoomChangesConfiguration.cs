using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

public static class RoomChangeSets
{
    extension(LogisticsDb db)
    {
        public DbSet<RoomChange> RoomChanges => db.Set<RoomChange>();
        public DbSet<RoomChangeVote> RoomChangeVotes => db.Set<RoomChangeVote>();
    }
}

internal sealed class RoomChangeConfiguration : IEntityTypeConfiguration<RoomChange>
{
    public void Configure(EntityTypeBuilder<RoomChange> change)
    {
        change.ToTable("RoomChanges", table => table.HasCheckConstraint(
            "CK_RoomChanges_Target", "(\"OtherId\" IS NULL) <> (\"BedId\" IS NULL)"));
        change.Property(c => c.Number).HasMaxLength(OnboardingLimits.Number);
        change.Property(c => c.Reason).HasMaxLength(OnboardingLimits.Reason);
        change.Property(c => c.Because).HasMaxLength(OnboardingLimits.Reason);
        change.Ignore(c => c.IsOpen);
        change.HasIndex(c => c.Number).IsUnique();
        // One open request of each person.
        change.HasIndex(c => c.PersonId).IsUnique().HasFilter("\"State\" IN (1, 2)").HasDatabaseName("IX_RoomChanges_Open");
        change.HasIndex(c => new { c.State, c.Id });
        change.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict);
        change.HasOne<Person>().WithMany().HasForeignKey(c => c.OtherId).OnDelete(DeleteBehavior.Restrict);
        change.HasOne<Bed>().WithMany().HasForeignKey(c => c.BedId).OnDelete(DeleteBehavior.Restrict);
        change.HasMany(c => c.Votes).WithOne().HasForeignKey(v => v.ChangeId).OnDelete(DeleteBehavior.Restrict);
        change.Navigation(c => c.Votes).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class RoomChangeVoteConfiguration : IEntityTypeConfiguration<RoomChangeVote>
{
    public void Configure(EntityTypeBuilder<RoomChangeVote> vote)
    {
        vote.ToTable("RoomChangeVotes");
        vote.HasIndex(v => new { v.ChangeId, v.PersonId }).IsUnique();
        vote.HasIndex(v => v.PersonId);
        vote.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
