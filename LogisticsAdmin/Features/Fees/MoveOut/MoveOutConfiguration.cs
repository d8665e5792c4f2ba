using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Fees.MoveOut;

public static class MoveOutSets
{
    extension(LogisticsDb db)
    {
        public DbSet<MoveOutStatement> MoveOutStatements => db.Set<MoveOutStatement>();
        public DbSet<MoveOutReversal> MoveOutReversals => db.Set<MoveOutReversal>();
        public DbSet<MoveOutSetting> MoveOutSettings => db.Set<MoveOutSetting>();
    }
}

internal sealed class MoveOutStatementConfiguration : IEntityTypeConfiguration<MoveOutStatement>
{
    public void Configure(EntityTypeBuilder<MoveOutStatement> statement)
    {
        statement.ToTable("MoveOutStatements");
        statement.Property(s => s.Number).HasMaxLength(30);
        statement.Property(s => s.ReceiptNumber).HasMaxLength(30);
        statement.HasIndex(s => s.Number).IsUnique();
        // One for each stay that counts. Without a foreign key: the undo of a move removes stays that began by mistake.
        statement.HasIndex(s => s.OccupancyId).IsUnique().HasFilter("\"TakenBackAt\" IS NULL");
        statement.HasIndex(s => new { s.PersonId, s.Id });
        statement.HasIndex(s => new { s.RoomId, s.Id });
        statement.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
        statement.HasOne<Room>().WithMany().HasForeignKey(s => s.RoomId).OnDelete(DeleteBehavior.Restrict);
        statement.HasOne<Person>().WithMany().HasForeignKey(s => s.SettledById).OnDelete(DeleteBehavior.Restrict);
        statement.HasOne<MoneyProposal>().WithMany().HasForeignKey(s => s.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MoveOutReversalConfiguration : IEntityTypeConfiguration<MoveOutReversal>
{
    public void Configure(EntityTypeBuilder<MoveOutReversal> reversal)
    {
        reversal.ToTable("MoveOutReversals");
        reversal.Property(r => r.Reason).HasMaxLength(FeesLimits.Reason);
        reversal.Property(r => r.DecidedBecause).HasMaxLength(FeesLimits.Reason);
        // One at a time waits for a second person, and one at most is approved.
        reversal.HasIndex(r => r.StatementId).IsUnique().HasFilter("\"State\" IN (1, 2)");
        reversal.HasOne<MoveOutStatement>().WithMany().HasForeignKey(r => r.StatementId).OnDelete(DeleteBehavior.Restrict);
        reversal.HasOne<Person>().WithMany().HasForeignKey(r => r.ProposedById).OnDelete(DeleteBehavior.Restrict);
        reversal.HasOne<Person>().WithMany().HasForeignKey(r => r.DecidedById).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MoveOutSettingConfiguration : IEntityTypeConfiguration<MoveOutSetting>
{
    public void Configure(EntityTypeBuilder<MoveOutSetting> setting) => setting.ToTable("MoveOutSettings");
}
