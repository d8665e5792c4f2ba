using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>The kinds of fees of seeds/fees.json, without prices. Loaded only once, so that the office's changes are kept.</summary>
internal sealed class FeesReference : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.FeeKinds.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<SeedFile>("fees.json", ct);
        await db.WriteAsync(token =>
        {
            var order = 0;
            foreach (var row in file.Kinds)
            {
                var unit = new LocalName(row.Unit, row.UnitEn);
                var kind = new FeeKind(row.Code, row.Name, row.NameEn, unit, row.Measure, row.Payer, row.Cycle, order += 10);
                kind.GiveBack(row.GivesBack);
                db.FeeKinds.Add(kind);
            }
            return Task.CompletedTask;
        }, ct);
    }

    private sealed record SeedFile(IReadOnlyList<KindRow> Kinds);

    private sealed record KindRow(
        string Code, string Name, string NameEn, string Unit, string UnitEn, FeeMeasure Measure, FeePayer Payer, BillingCycle Cycle,
        bool GivesBack = false);
}
