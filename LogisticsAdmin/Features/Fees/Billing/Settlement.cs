namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// What people who moved out had settled of a bill before it came. <paramref name="AmountFen"/>: what the bill amounted to. <paramref name="EmptyDays"/>:
/// on how many days nobody lived there whose part was open.
/// </summary>
public sealed record Settlement(long AmountFen, IReadOnlyList<SettledPart> Parts, int EmptyDays);

/// <summary>Somebody's settled part, and for how many of their days.</summary>
public sealed record SettledPart(long PersonId, int Days, long Fen);
