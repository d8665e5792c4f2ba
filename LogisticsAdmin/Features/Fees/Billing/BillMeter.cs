namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>To which reading a bill counts a room's part of a meter. The next bill goes on from there, so nothing counts twice.</summary>
public sealed class BillMeter
{
    private BillMeter() { }

    internal BillMeter(MeterProof proof, bool isDeferred)
    {
        (MeterRoomId, MeterId) = (proof.MeterRoomId, proof.MeterId);
        (ClosingDay, Total) = isDeferred ? (proof.OpeningDay, proof.BilledBefore) : (proof.ClosingDay, proof.Total);
    }

    public long BillId { get; private set; }
    public long MeterRoomId { get; private set; }
    public long MeterId { get; private set; }

    /// <summary>That of the bill before where nothing was charged yet.</summary>
    public DateOnly ClosingDay { get; private set; }

    /// <summary>What this bill and those before it charged of the part, in units with at most four decimals.</summary>
    public decimal Total { get; private set; }
}
