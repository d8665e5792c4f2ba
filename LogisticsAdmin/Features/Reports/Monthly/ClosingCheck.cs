using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Checks that every closed month still is what its hash says.</summary>
internal sealed class ClosingCheck : IStorageCheck
{
    public string Subject => "Closed months";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var closings = db.Set<ReportClosing>().AsNoTracking().OrderBy(c => c.Id)
            .Select(c => new { c.Month, c.Number, c.Hash, c.ClosedById, c.ClosedAt, Bytes = (byte[]?)c.Content.Bytes }).AsAsyncEnumerable();
        await foreach (var closing in closings.WithCancellation(ct))
        {
            var content = closing.Bytes is { } bytes ? ClosedContent.HashOfStored(bytes) : null;
            if (content is null || ReportClosing.HashOf(content, closing.Month, closing.Number, closing.ClosedById, closing.ClosedAt) != closing.Hash)
                yield return $"Closing {closing.Number} of {closing.Month:yyyy-MM} does not match its hash: it was changed after it was stored.";
        }
    }
}
