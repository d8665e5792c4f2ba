using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Work.Undo;

public static class UndoSets
{
    extension(LogisticsDb db)
    {
        public DbSet<ChangeSet> ChangeSets => db.Set<ChangeSet>();
        public DbSet<ChangeSetItem> ChangeSetItems => db.Set<ChangeSetItem>();
    }
}

internal sealed class ChangeSetConfiguration : IEntityTypeConfiguration<ChangeSet>
{
    public void Configure(EntityTypeBuilder<ChangeSet> set)
    {
        set.ToTable("ChangeSets");
        set.HasIndex(s => new { s.ActorId, s.At });
        set.HasIndex(s => s.At);
        set.HasOne<Person>().WithMany().HasForeignKey(s => s.ActorId).OnDelete(DeleteBehavior.Restrict);
        set.HasMany(s => s.Items).WithOne().HasForeignKey(i => i.ChangeSetId).OnDelete(DeleteBehavior.Cascade);
        set.Navigation(s => s.Items).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class ChangeSetItemConfiguration : IEntityTypeConfiguration<ChangeSetItem>
{
    public void Configure(EntityTypeBuilder<ChangeSetItem> item)
    {
        item.ToTable("ChangeSetItems");
        item.HasOne<RepairTicket>().WithMany().HasForeignKey(i => i.TicketId).OnDelete(DeleteBehavior.Restrict);
    }
}
