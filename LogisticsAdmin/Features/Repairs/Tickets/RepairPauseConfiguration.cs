using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Tickets;

internal sealed class RepairPauseConfiguration : IEntityTypeConfiguration<RepairPause>
{
    public void Configure(EntityTypeBuilder<RepairPause> pause)
    {
        pause.ToTable("RepairPauses", table => table.HasCheckConstraint("CK_RepairPauses_Order", "\"To\" IS NULL OR \"To\" >= \"From\""));
        // A ticket has at most one open pause.
        pause.HasIndex(p => p.TicketId).IsUnique().HasFilter("\"To\" IS NULL").HasDatabaseName("IX_RepairPauses_Open");
        pause.HasIndex(p => new { p.TicketId, p.From });
    }
}
