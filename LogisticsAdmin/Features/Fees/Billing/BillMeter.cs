namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>The readings between which a bill counts a meter. The next bill begins where this one ended, so nothing counts twice.</summary>
public sealed class BillMeter
{
    private BillMeter() { }

    internal BillMeter(long meterId, DateOnly openingDay, DateOnly closingDay, decimal usage) =>
        (MeterId, OpeningDay, ClosingDay, Usage) = (meterId, openingDay, closingDay, usage);

    public long BillId { get; private set; }
    public long MeterId { get; private set; }
    public DateOnly OpeningDay { get; private set; }

    /// <summary>The opening day itself when the readings showed less than an estimate before: the usage is settled later then.</summary>
    public DateOnly ClosingDay { get; private set; }

    /// <summary>The room's share, at most four decimals.</summary>
    public decimal Usage { get; private set; }
}
