namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// A question about a reading. <paramref name="Usage"/>: the units that it would mean. <paramref name="Value"/> and <paramref name="Day"/>: the reading
/// that it is compared with.
/// </summary>
public sealed record ReadingDoubt(ReadingDoubtKind Kind, decimal Usage, decimal Value, DateOnly Day);
