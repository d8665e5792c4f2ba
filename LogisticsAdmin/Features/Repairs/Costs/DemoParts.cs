using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>The parts list and the crews' rates of seeds/demo-parts.json. Development only; loaded once, into an empty list.</summary>
internal sealed class DemoParts(TimeProvider clock) : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.Parts.AnyAsync(ct) || await db.LabourRates.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<PartsFile>("demo-parts.json", ct);
        await db.WriteAsync(async token =>
        {
            var now = clock.GetUtcNow();
            var crews = await db.Crews.ToDictionaryAsync(c => c.Code, c => c.Id, token);
            db.Parts.AddRange(file.Parts.Select(p => new Part(p.Code, new LocalName(p.Name, p.NameEn), new LocalName(p.Unit, p.UnitEn), p.Price, null, now)));
            db.LabourRates.AddRange(file.Rates.Where(r => crews.ContainsKey(r.Crew)).Select(r => new LabourRate(crews[r.Crew], r.PricePerHour, null, now)));
        }, ct);
    }

    private sealed record PartsFile(IReadOnlyList<PartRow> Parts, IReadOnlyList<RateRow> Rates);

    private sealed record PartRow(string Code, string Name, string NameEn, string Unit, string UnitEn, decimal Price);

    private sealed record RateRow(string Crew, decimal PricePerHour);
}
