using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// Suggests the categories and visit slots of seeds/reference.json to a database that has none yet. Without the demo campus there are no crews;
/// the office says which crew does what.
/// </summary>
internal sealed class RepairsReference : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.Categories.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<ReferenceFile>("reference.json", ct);
        await db.WriteAsync(async token =>
        {
            var crews = await db.Crews.ToDictionaryAsync(c => c.Code, token);
            var position = 0;
            foreach (var row in file.Categories)
            {
                var parent = new Category(row.Code, row.Name, row.NameEn, position++);
                parent.SetPlainName(row.PlainName, row.PlainNameEn);
                db.Categories.Add(parent);
                db.Categories.AddRange(row.Children.Select(c =>
                    new Category(parent, c.Code, c.Name, c.NameEn, position++, c.Urgency, crews.GetValueOrDefault(c.Crew))));
            }
            db.VisitSlots.AddRange(file.VisitSlots.Select(s => new VisitSlot(s.Code, s.From, s.To)));
        }, ct);
    }

    private sealed record ReferenceFile(IReadOnlyList<CategoryRow> Categories, IReadOnlyList<SlotRow> VisitSlots);

    private sealed record CategoryRow(string Code, string Name, string NameEn, string PlainName, string PlainNameEn, IReadOnlyList<LeafRow> Children);

    private sealed record LeafRow(string Code, string Name, string NameEn, Urgency Urgency, string Crew);

    private sealed record SlotRow(string Code, TimeOnly From, TimeOnly To);
}
