namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// A published rate as the book needs it. <paramref name="FirstDay"/>: the day from which it applies. <paramref name="KnownFrom"/>: when it was
/// published. <paramref name="KnownUntil"/>: when it was withdrawn; null while it stands.
/// </summary>
public sealed record RateFact(
    long Id, long KindId, string Scope, DateOnly FirstDay, PriceRule Rule, DateTimeOffset KnownFrom, DateTimeOffset? KnownUntil);
