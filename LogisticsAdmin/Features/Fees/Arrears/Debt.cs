namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>An account below zero, as it is after so many entries.</summary>
internal sealed record Debt(long AccountId, long BalanceFen, int Entries, DateTimeOffset? LastEntryAt);
