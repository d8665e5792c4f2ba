using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
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
        // One for each stay. Without a foreign key: the undo of a move removes stays that began by mistake.
        statement.HasIndex(s => s.OccupancyId).IsUnique();
        statement.HasIndex(s => new { s.PersonId, s.Id });
        statement.HasIndex(s => new { s.RoomId, s.Id });
        statement.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
        statement.HasOne<Room>().WithMany().HasForeignKey(s => s.RoomId).OnDelete(DeleteBehavior.Restrict);
        statement.HasOne<Person>().WithMany().HasForeignKey(s => s.SettledById).OnDelete(DeleteBehavior.Restrict);
        statement.HasOne<MoneyProposal>().WithMany().HasForeignKey(s => s.ProposalId).OnDelete(DeleteBehavior.Restrict);
    }
}
