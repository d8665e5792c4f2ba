using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>What bills count of meters. Without an implementation nothing is billed.</summary>
public interface IBilledMeters
{
    /// <summary>The last day to which a bill counts the meter; null for one that no bill counts.</summary>
    Task<DateOnly?> BilledToAsync(LogisticsDb db, long meterId, CancellationToken ct);

    /// <summary>How many times bills count the meter.</summary>
    Task<int> CountAsync(LogisticsDb db, long meterId, CancellationToken ct);
}
