namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>What became of a form: the published rate, or the proposal that waits for a second person.</summary>
public sealed record RateOutcome(long? RateId, long? ProposalId);
