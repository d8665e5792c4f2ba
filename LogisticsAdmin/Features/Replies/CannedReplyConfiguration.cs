using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Replies;

public static class ReplySets
{
    extension(LogisticsDb db)
    {
        public DbSet<CannedReply> CannedReplies => db.Set<CannedReply>();
    }
}

internal sealed class CannedReplyConfiguration : IEntityTypeConfiguration<CannedReply>
{
    public void Configure(EntityTypeBuilder<CannedReply> reply)
    {
        reply.ToTable("CannedReplies", table => table.HasCheckConstraint("CK_CannedReplies_Text", "\"Text\" <> '' OR \"TextEn\" <> ''"));
        reply.Property(r => r.Name).HasMaxLength(ReplyLimits.Name);
        reply.Property(r => r.NameEn).HasMaxLength(ReplyLimits.Name);
        reply.Property(r => r.Text).HasMaxLength(ReplyLimits.Text);
        reply.Property(r => r.TextEn).HasMaxLength(ReplyLimits.Text);
        reply.Property(r => r.Shortcut).HasMaxLength(ReplyLimits.Shortcut);
        reply.Property(r => r.Code).HasMaxLength(ReplyLimits.Code);

        // Two indexes, because the database treats any two NULLs as different owners.
        reply.HasIndex(r => r.Shortcut).IsUnique().HasFilter("\"OwnerId\" IS NULL AND \"Shortcut\" IS NOT NULL AND \"RetiredAt\" IS NULL");
        reply.HasIndex(r => new { r.OwnerId, r.Shortcut }).IsUnique()
            .HasFilter("\"OwnerId\" IS NOT NULL AND \"Shortcut\" IS NOT NULL AND \"RetiredAt\" IS NULL");
        reply.HasOne<Person>().WithMany().HasForeignKey(r => r.OwnerId).OnDelete(DeleteBehavior.Restrict);
        reply.HasOne<Person>().WithMany().HasForeignKey(r => r.RetiredById).OnDelete(DeleteBehavior.Restrict);
    }
}
