namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// What a bill counts of one meter: the readings, how often the counter passed 0, and the room's share of the shares of all rooms.
/// </summary>
public sealed record MeterProof(
    long MeterId, string Number, DateOnly OpeningDay, decimal Opening, DateOnly ClosingDay, decimal Closing, bool IsEstimate, int RollOvers, int Digits,
    decimal Multiplier, int Share, int Shares)
{
    /// <summary>Negative where a reading shows less than the estimate before it.</summary>
    public decimal Usage => (Closing - Opening + (RollOvers * RollsOverAt)) * Multiplier * Share / Shares;

    private decimal RollsOverAt => Enumerable.Repeat(10m, Digits).Aggregate(1m, (all, ten) => all * ten);
}
