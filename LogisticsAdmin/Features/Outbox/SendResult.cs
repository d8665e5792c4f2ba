namespace LogisticsAdmin.Features.Outbox;

/// <summary>What became of an attempt to send.</summary>
public enum SendResult
{
    Sent = 1,

    /// <summary>It failed, and may succeed later.</summary>
    TryLater = 2,

    /// <summary>The other side will never take it.</summary>
    Refused = 3,

    /// <summary>It was handed over, and the answer did not come.</summary>
    Unknown = 4,

    /// <summary>It was not tried, which does not count as an attempt.</summary>
    NotTried = 5,
}
