namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// What a bill counts of a room's part of a meter: the readings, how often the counter passed 0 between them, the room's share of all shares on the last
/// day, and what was used since the part began, of which earlier bills charged <paramref name="BilledBefore"/>.
/// </summary>
public sealed record MeterProof(
    long MeterRoomId, long MeterId, string Number, DateOnly OpeningDay, decimal Opening, DateOnly ClosingDay, decimal Closing, bool IsEstimate,
    int RollOvers, int Digits, decimal Multiplier, int Share, int Shares, decimal Total, decimal BilledBefore)
{
    /// <summary>Negative where the readings that count now show less than what was billed.</summary>
    public decimal Usage => Total - BilledBefore;

    /// <summary>What is not the difference of the two readings: settled estimates and corrections, and shares that changed between them.</summary>
    public decimal Settled => Usage - decimal.Round((Closing - Opening + (RollOvers * RollsOverAt)) * Multiplier * Share / Shares, 4);

    private decimal RollsOverAt => Enumerable.Repeat(10m, Digits).Aggregate(1m, (all, ten) => all * ten);
}
