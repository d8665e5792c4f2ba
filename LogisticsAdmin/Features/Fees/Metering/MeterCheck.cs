using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Checks that no usage is negative and that each meter begins with its opening reading.</summary>
internal sealed class MeterCheck : IStorageCheck
{
    public string Subject => "meters and readings 水电表与读数";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var (meters, all) = (db.Meters, db.MeterReadings);
        var unopened = meters.AsNoTracking().Where(m => !all.Any(r => r.MeterId == m.Id && r.ReplacedAt == null && r.Source == ReadingSource.Opening))
            .Select(m => m.Id);
        await foreach (var id in unopened.AsAsyncEnumerable().WithCancellation(ct)) yield return $"Meter {id} has no opening reading.";
        var unclosed = meters.AsNoTracking()
            .Where(m => m.RemovedOn != null && !all.Any(r => r.MeterId == m.Id && r.ReplacedAt == null && r.Source == ReadingSource.Closing)).Select(m => m.Id);
        await foreach (var id in unclosed.AsAsyncEnumerable().WithCancellation(ct)) yield return $"Meter {id} was removed without a closing reading.";
        var counting = all.AsNoTracking().Where(r => r.ReplacedAt == null).OrderBy(r => r.MeterId).ThenBy(r => r.Day)
            .Select(r => new { r.MeterId, r.Day, r.Value, r.RolledOver });
        var (meter, before) = (0L, 0m);
        await foreach (var reading in counting.AsAsyncEnumerable().WithCancellation(ct))
        {
            // A reading that is lower passed 0, and one that is not did not: else a whole round is missing or counted twice.
            if (reading.MeterId == meter && reading.RolledOver != reading.Value < before)
                yield return $"Meter {reading.MeterId} has a wrong usage up to {ReadingWords.Day(reading.Day)}.";
            (meter, before) = (reading.MeterId, reading.Value);
        }
    }
}
