using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>The rule of orders that were not picked up.</summary>
internal static class OrderPause
{
    /// <summary>Until which day the person may not order meals; null when they may.</summary>
    public static async Task<string?> UntilAsync(LogisticsDb db, long personId, OrderingRules rules, OfficeTime office, CancellationToken ct)
    {
        if (rules.NoShows == 0) return null;
        var oldest = office.Today.AddDays(-rules.NoShowDays - rules.PauseDays);
        var missed = await db.PlacedOrders.Where(o => o.PersonId == personId && o.State == PlacedOrderState.Missed && o.Day > oldest)
            .Select(o => o.Day!.Value).ToListAsync(ct);
        missed.Sort();
        // The pause begins with the order that made them too many.
        for (var last = missed.Count - 1; last >= rules.NoShows - 1; last--)
        {
            if (missed[last].DayNumber - missed[last - rules.NoShows + 1].DayNumber >= rules.NoShowDays) continue;
            var until = missed[last].AddDays(rules.PauseDays);
            return until > office.Today ? until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        }
        return null;
    }
}
