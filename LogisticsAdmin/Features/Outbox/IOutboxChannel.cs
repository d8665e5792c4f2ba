using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>One way out of the app. A channel asks again, just before it sends, whether it still may and should.</summary>
public interface IOutboxChannel
{
    /// <summary>Stored with every message.</summary>
    string Key { get; }

    /// <summary>False while it is not set up; its messages wait.</summary>
    bool IsActive { get; }

    /// <summary>How many parcels are sent at the same time.</summary>
    int Parallel { get; }

    string NewMessageId();

    /// <summary>
    /// Sends one parcel, outside of any write. Expected failures are outcomes. When <paramref name="ct"/> ends, what has not been handed over yet
    /// is given back as not tried.
    /// </summary>
    Task<ParcelOutcome> SendAsync(LogisticsDb db, Parcel parcel, CancellationToken ct);

    /// <summary>Closes connections that were kept for further parcels.</summary>
    Task EndRunAsync();
}

/// <summary>Messages that go out together under one Message-ID. They are not tracked.</summary>
public sealed record Parcel(string MessageId, IReadOnlyList<OutboxMessage> Messages);

/// <summary>The result of an attempt; <paramref name="Error"/> is the code of what failed or what the server said.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Error">Shown to administrators; null when it was sent.</param>
/// <param name="RetryAt">When to try again, for what was not tried.</param>
/// <param name="IsChannelDown">The server can't be reached at all, so that nothing else is tried for a while.</param>
public sealed record SendOutcome(SendResult Result, string? Error = null, DateTimeOffset? RetryAt = null, bool IsChannelDown = false)
{
    public static readonly SendOutcome Sent = new(SendResult.Sent);
}

/// <summary>
/// What became of a parcel. <paramref name="Sending"/> holds for every message that is not named in <paramref name="Dropped"/> or
/// <paramref name="Digested"/>; it is null when none was left to send.
/// </summary>
public sealed record ParcelOutcome(
    SendOutcome? Sending, IReadOnlyDictionary<long, OutboxReason> Dropped, IReadOnlyDictionary<long, DateTimeOffset> Digested)
{
    private static readonly Dictionary<long, OutboxReason> NoneDropped = [];
    private static readonly Dictionary<long, DateTimeOffset> NoneDigested = [];

    public static ParcelOutcome Of(SendOutcome sending) => new(sending, NoneDropped, NoneDigested);

    public static ParcelOutcome DroppedAll(Parcel parcel, OutboxReason reason) =>
        new(null, parcel.Messages.ToDictionary(m => m.Id, _ => reason), NoneDigested);
}
