using LogisticsAdmin.Features.Fees.Metering;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Of a reading that counts, what usage is computed from.</summary>
internal sealed record CountingReading(DateOnly Day, decimal Value, ReadingSource Source, bool RolledOver)
{
    public bool IsEstimate => Source == ReadingSource.Estimated;
}
