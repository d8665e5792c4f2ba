using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Metering;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Tells the meters to which day they are billed, and how often.</summary>
internal sealed class BilledMeters : IBilledMeters
{
    public Task<DateOnly?> BilledToAsync(LogisticsDb db, long meterId, CancellationToken ct) =>
        db.Set<BillMeter>().Where(m => m.MeterId == meterId).MaxAsync(m => (DateOnly?)m.ClosingDay, ct);

    public Task<int> CountAsync(LogisticsDb db, long meterId, CancellationToken ct) => db.Set<BillMeter>().CountAsync(m => m.MeterId == meterId, ct);
}
