using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Billing tells to which day the readings of a meter are charged: shares before it can't change any more.</summary>
public interface IBilledMeters
{
    /// <summary>The last day to which a bill counts the meter; null where none does.</summary>
    Task<DateOnly?> BilledToAsync(LogisticsDb db, long meterId, CancellationToken ct);
}
