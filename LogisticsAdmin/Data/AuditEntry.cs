using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Data;

/// <summary>One field of one thing changed: from what, to what, by whom, when. Never updated.</summary>
public sealed class AuditEntry
{
    public long Id { get; private set; }
    public required string Entity { get; init; }
    public required long EntityId { get; init; }
    public required string Field { get; init; }
    public string? Old { get; init; }
    public string? New { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null when the house itself acted (系统).</summary>
    public long? ActorId { get; init; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("Audit");
        entry.HasIndex(e => new { e.Entity, e.EntityId, e.At });
        entry.HasIndex(e => e.At);
        entry.HasOne<Person>().WithMany().HasForeignKey(e => e.ActorId).OnDelete(DeleteBehavior.Restrict);
    }
}
