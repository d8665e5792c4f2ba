namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Somebody who moves out on a day: facts are read as if their stay ended then and nothing was known of later readings.</summary>
internal sealed record Leaving(long PersonId, DateOnly Day);
