using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>Why a person is told something. The sentence is made when it is read.</summary>
public enum InboxKind
{
    Assigned = 1,
    Nudged = 2,
    BecameOverdue = 3,
    StateChanged = 4,
    Replied = 5,
    Declined = 6,
    Reworked = 7,
    DueSoon = 8,
    Escalated = 9,
    ExtensionAsked = 10,
    ExtensionDecided = 11,
}

/// <summary>One line of a person's inbox (bell): what happened to which ticket, kept until read and after.</summary>
public sealed class InboxItem
{
    private InboxItem() { }

    public InboxItem(long personId, InboxKind kind, string subject, string? detail, DateTimeOffset at, string? about = null) =>
        (PersonId, Kind, Subject, Detail, At, About) = (personId, kind, subject, detail, at, about);

    public long Id { get; private set; }
    public long PersonId { get; private set; }
    public InboxKind Kind { get; private set; }

    /// <summary>The ticket's number.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>A code such as the new state, never a sentence.</summary>
    public string? Detail { get; private set; }

    /// <summary>The reporter's own first words, so that the line can be told from others.</summary>
    public string? About { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }

    public void Read(DateTimeOffset at) => ReadAt ??= at;
}

public static class InboxSets
{
    extension(LogisticsDb db)
    {
        public DbSet<InboxItem> Inbox => db.Set<InboxItem>();
    }
}

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
