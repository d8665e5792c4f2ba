using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>
/// One message on its way out of the app, written in the same transaction as what it tells. It holds codes, never sentences: the text is made
/// when it is sent, in the reader's language and from what is true then. In the audit log stands only what administrators decide about it.
/// </summary>
public sealed class OutboxMessage : Versioned, IAudited
{
    public const int ErrorLength = 300;

    private OutboxMessage() { }

    /// <summary>
    /// The message in an inbox as mail; due at once, or with the person's other ones in a digest. One of a mass that is not urgent lets others go
    /// first.
    /// </summary>
    public static OutboxMessage OfInbox(string channel, InboxItem item, DateTimeOffset dueAt, bool isDigest, bool isMass = false) => new()
    {
        Channel = channel,
        PersonId = item.PersonId,
        InboxItem = item,
        Kind = item.Kind,
        Subject = item.Subject,
        Detail = item.Detail,
        About = item.About,
        At = item.At,
        DueAt = dueAt,
        IsDigest = isDigest,
        IsMass = isMass,
    };

    /// <summary>
    /// Something that the groups with a robot are told, whoever else gets a message about it. Add it to the context in the write in which it
    /// happens, once; the job makes a message of it for each robot that tells such events, and nothing where there is none.
    /// </summary>
    /// <param name="kind">The id of a registered kind with a <see cref="Registries.INotificationKind.Event"/>.</param>
    /// <param name="subject">The key of what it is about, such as a number.</param>
    /// <param name="at">The moment of what happened.</param>
    public static OutboxMessage ForGroups(int kind, string subject, DateTimeOffset at) => new()
    {
        Channel = Robots.RobotChannel.Name,
        Kind = kind,
        Subject = subject,
        At = at,
        DueAt = at,
        DedupeKey = string.Create(CultureInfo.InvariantCulture, $"{kind}|{subject}|{at.UtcTicks}"),
    };

    /// <summary>The same for one robot.</summary>
    public OutboxMessage For(long robotId) => new()
    {
        Channel = Channel,
        RobotId = robotId,
        Kind = Kind,
        Subject = Subject,
        At = At,
        DueAt = DueAt,
        DedupeKey = DedupeKey,
    };

    /// <summary>The name of the <see cref="IOutboxChannel"/> that sends it.</summary>
    [NotAudited]
    public string Channel { get; private set; } = "";

    [NotAudited]
    public long? PersonId { get; private set; }

    /// <summary>Null, with no person either, for an event that no robot has been given yet.</summary>
    [NotAudited]
    public long? RobotId { get; private set; }

    /// <summary>The same message in the inbox: unique for each channel, and deleted together with it.</summary>
    [NotAudited]
    public long? InboxItemId { get; private set; }
    public InboxItem? InboxItem { get; private set; }

    /// <summary>Names an event: no robot tells it twice.</summary>
    [NotAudited]
    public string? DedupeKey { get; private set; }

    [NotAudited]
    public int Kind { get; private set; }

    [NotAudited]
    public string Subject { get; private set; } = "";

    [NotAudited]
    public string? Detail { get; private set; }

    [NotAudited]
    public string? About { get; private set; }

    [NotAudited]
    public DateTimeOffset At { get; private set; }

    /// <summary>Sent with the person's others, once a day.</summary>
    [NotAudited]
    public bool IsDigest { get; private set; }

    /// <summary>One of many that were written at once and are not urgent.</summary>
    [NotAudited]
    public bool IsMass { get; private set; }

    [NotAudited]
    public OutboxState State { get; private set; } = OutboxState.Waiting;

    [NotAudited]
    public OutboxReason? Reason { get; private set; }

    /// <summary>How often sending it failed.</summary>
    [NotAudited]
    public int Attempts { get; private set; }

    /// <summary>When it is tried next.</summary>
    [NotAudited]
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Fixed before the first attempt and the same in all of them; messages that go out together share it.</summary>
    [NotAudited]
    public string? MessageId { get; private set; }

    /// <summary>When it was sent, given up or left out.</summary>
    [NotAudited]
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What the server said last, or the code of what failed here.</summary>
    [NotAudited]
    public string? LastError { get; private set; }

    public OutboxDecision? Decision { get; private set; }

    internal void Claim(string messageId) => (State, MessageId) = (OutboxState.Sending, MessageId ?? messageId);

    internal void BeSent(DateTimeOffset at) => (State, Reason, EndedAt, LastError) = (OutboxState.Sent, null, at, null);

    /// <summary>Counts a failed attempt; given up when there is no further pause.</summary>
    internal void Fail(string? error, DateTimeOffset now)
    {
        LastError = Short(error);
        if (OutboxPauses.After(++Attempts) is { } pause) (State, DueAt) = (OutboxState.Waiting, now + pause);
        else (State, Reason, EndedAt) = (OutboxState.Dead, OutboxReason.GaveUp, now);
    }

    /// <summary>Back to waiting; it was not tried.</summary>
    internal void Release(DateTimeOffset dueAt) => (State, DueAt) = (OutboxState.Waiting, dueAt);

    /// <summary>Waits for the person's digest after all.</summary>
    internal void JoinDigest(DateTimeOffset dueAt) => (State, DueAt, IsDigest, MessageId) = (OutboxState.Waiting, dueAt, true, null);

    internal void Die(OutboxReason reason, string? error, DateTimeOffset at) =>
        (State, Reason, EndedAt, LastError) = (OutboxState.Dead, reason, at, Short(error) ?? LastError);

    internal void Drop(OutboxReason reason, DateTimeOffset at) => (State, Reason, EndedAt) = (OutboxState.Dropped, reason, at);

    /// <summary>A dead letter is sent again with all attempts before it, under the same Message-ID.</summary>
    public void SendAgain(DateTimeOffset now)
    {
        DemandDead();
        (State, Reason, EndedAt, Attempts, DueAt, Decision) = (OutboxState.Waiting, null, null, 0, now, OutboxDecision.SentAgain);
    }

    public void Discard(DateTimeOffset now)
    {
        DemandDead();
        Drop(OutboxReason.Discarded, now);
        Decision = OutboxDecision.Discarded;
    }

    /// <summary>The dead letter that it was before an administrator decided.</summary>
    internal void BecomeDeadAgain(OutboxReason reason, int attempts, DateTimeOffset at, OutboxDecision? decision) =>
        (State, Reason, EndedAt, Attempts, Decision) = (OutboxState.Dead, reason, at, attempts, decision);

    private void DemandDead()
    {
        if (State != OutboxState.Dead) throw Rejected.Because<OutboxText>("NotDead");
    }

    private static string? Short(string? error) => CleanText.Clean(error) switch
    {
        "" => null,
        { Length: <= ErrorLength } line => line,
        var line => CleanText.WithoutLoneSurrogates(line[..ErrorLength]),
    };
}

public static class OutboxSets
{
    extension(LogisticsDb db)
    {
        public DbSet<OutboxMessage> Outbox => db.Set<OutboxMessage>();
        public DbSet<Mail.MailPreference> MailPreferences => db.Set<Mail.MailPreference>();
        public DbSet<Robots.GroupRobot> GroupRobots => db.Set<Robots.GroupRobot>();
    }
}
