using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>The newest bills of a person's or room's page.</summary>
internal static class BillLines
{
    private static readonly Dictionary<BillKind, LocalName> Kinds =
        Enum.GetValues<BillKind>().ToDictionary(k => k, k => LocalName.Of<FeesText>($"BillKind.{k}"));

    public static async Task<PageSection> ReadAsync(LogisticsDb db, IQueryable<Bill> bills, int take, string summary, CancellationToken ct)
    {
        var kinds = db.FeeKinds;
        var newest = await bills.OrderByDescending(b => b.Id).Take(take).Join(kinds, b => b.FeeKindId, k => k.Id,
            (b, k) => new { b.Id, b.At, b.Number, b.Kind, b.Period, b.AmountFen, Fee = new LocalName(k.Name, k.NameEn) }).ToListAsync(ct);
        var lines = newest.OrderByDescending(b => b.Id).Select(b => new SectionLine(
            b.At, b.Number, $"{b.Fee} {b.Period} · {new Money(b.AmountFen)}", Kinds[b.Kind], FormattableString.Invariant($"fees/bills/{b.Id}")));
        return new PageSection(await bills.CountAsync(ct), [.. lines], Summary: summary);
    }
}
