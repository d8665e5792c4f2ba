using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Inbox;

internal sealed class InboxItemConfiguration : IEntityTypeConfiguration<InboxItem>
{
    public void Configure(EntityTypeBuilder<InboxItem> item)
    {
        item.ToTable("Inbox");
        item.Property(i => i.Subject).HasMaxLength(40);
        item.Property(i => i.Detail).HasMaxLength(80);
        item.Property(i => i.About).HasMaxLength(120);
        item.HasIndex(i => new { i.PersonId, i.ReadAt, i.At });
        item.HasIndex(i => new { i.Subject, i.At });
        item.HasOne<Person>().WithMany().HasForeignKey(i => i.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
