namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>On how many days of a period somebody was present.</summary>
public sealed record PersonDays(long PersonId, int Days);
