namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>When gateways are asked again.</summary>
internal static class PaymentPauses
{
    public static readonly TimeSpan FirstAsk = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly TimeSpan GivenUp = TimeSpan.FromHours(24);
    private static readonly TimeSpan[] Pauses = [FirstAsk, .. new[] { 2, 5, 15, 60 }.Select(m => TimeSpan.FromMinutes(m))];

    /// <summary>After 1, 2, 5, 15 and 60 minutes and then every hour, until 24 hours after the way to pay was opened; then null.</summary>
    public static DateTimeOffset? NextAsk(DateTimeOffset opened, int asked, DateTimeOffset now) =>
        now >= opened + GivenUp ? null : Earlier(now + (asked < Pauses.Length ? Pauses[asked] : Longest), opened + GivenUp);

    /// <summary>A refund is asked for until it is made: after growing pauses, then every hour.</summary>
    public static DateTimeOffset NextRefund(int tries, DateTimeOffset now) => now + (tries < Pauses.Length ? Pauses[tries] : Longest);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
