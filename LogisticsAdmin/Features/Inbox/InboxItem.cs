using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>One message to one person. It is kept after it was read.</summary>
public sealed class InboxItem
{
    /// <summary>The subject of a message that names nothing; it is not shown.</summary>
    public const string Unnamed = "0";

    private InboxItem() { }

    /// <param name="personId">The recipient.</param>
    /// <param name="kind">The id of a registered <see cref="Registries.INotificationKind"/>.</param>
    /// <param name="subject">The key, such as a number, from which the kind finds the address of what the message is about.</param>
    /// <param name="detail">The argument of the kind's words: a code such as a state, never a sentence.</param>
    /// <param name="at">The moment of what happened.</param>
    /// <param name="about">The first words of the subject, so that messages can be told apart; null for a kind that answers with titles.</param>
    public InboxItem(long personId, int kind, string subject, string? detail, DateTimeOffset at, string? about = null) =>
        (PersonId, Kind, Subject, Detail, At, About) = (personId, kind, subject, detail, at, about);

    public long Id { get; private set; }
    public long PersonId { get; private set; }
    public int Kind { get; private set; }
    public string Subject { get; private set; } = "";
    public string? Detail { get; private set; }
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
