namespace LogisticsAdmin.Features.Outbox;

/// <summary>How long a message waits after each failed attempt.</summary>
internal static class OutboxPauses
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12),
    ];

    /// <summary>Null when it is given up.</summary>
    public static TimeSpan? After(int attempts) => attempts <= Pauses.Length ? Pauses[attempts - 1] : null;
}
