using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>
/// One page of a person's messages, the newest first, and how many of all are unread. <paramref name="Older"/> and
/// <paramref name="Newer"/> are the ids of the last and first message when there are more beyond it.
/// </summary>
public sealed record InboxView(IReadOnlyList<InboxLine> Lines, int Unread, long? Older, long? Newer);

/// <summary>
/// A message as it is shown; <paramref name="Icon"/> and <paramref name="Address"/> are null when its kind is no longer registered.
/// <paramref name="About"/> is what the reader may see of the subject now.
/// </summary>
public sealed record InboxLine(
    long Id, int Kind, LocalName Text, string? Icon, string? Address, string Subject, LocalName? About, DateTimeOffset At, bool Read,
    bool IsUrgent)
{
    /// <summary>The subject as it is shown; null where the message names none.</summary>
    public string? Named => Subject == InboxItem.Unnamed ? null : Subject;
}
