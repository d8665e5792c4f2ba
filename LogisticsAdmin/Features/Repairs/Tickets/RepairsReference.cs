using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.ServiceLevels;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Categories, service levels, escalation steps and visit slots of seeds/reference.json. Loaded once, into an empty house.</summary>
internal sealed class RepairsReference : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        var file = await Seeds.ReadAsync<ReferenceFile>("reference.json", ct);
        await LoadCategoriesAsync(db, file, ct);
        await LoadLevelsAsync(db, file, ct);
    }

    /// <summary>Also into a house that is older than its levels.</summary>
    private static async Task LoadLevelsAsync(LogisticsDb db, ReferenceFile file, CancellationToken ct)
    {
        if (await db.ServiceLevels.AnyAsync(ct)) return;
        db.ServiceLevels.AddRange(file.Levels.Select(l => new ServiceLevel(l.Urgency, null,
            TimeSpan.FromHours(l.Response), TimeSpan.FromHours(l.Completion), l.RoundTheClock, DateTimeOffset.UnixEpoch, null, null)));
        db.EscalationSteps.AddRange(file.Escalation.Select(s => new EscalationStep(s.Clock, s.Minutes, s.Tells)));
        await db.SaveChangesAsync(ct);
    }

    private static async Task LoadCategoriesAsync(LogisticsDb db, ReferenceFile file, CancellationToken ct)
    {
        if (await db.Categories.AnyAsync(ct)) return;
        await db.WriteAsync(async token =>
        {
            var crews = await db.Crews.ToDictionaryAsync(c => c.Code, token);
            var position = 0;
            foreach (var row in file.Categories)
            {
                var parent = new Category(row.Code, row.Name, row.NameEn, position++);
                db.Categories.Add(parent);
                db.Categories.AddRange(row.Children.Select(c =>
                    new Category(parent, c.Code, c.Name, c.NameEn, position++, c.Urgency, crews[c.Crew])));
            }
            db.VisitSlots.AddRange(file.VisitSlots.Select(s => new VisitSlot(s.Code, s.From, s.To)));
        }, ct);
    }

    private sealed record ReferenceFile(
        IReadOnlyList<CategoryRow> Categories, IReadOnlyList<LevelRow> Levels, IReadOnlyList<StepRow> Escalation, IReadOnlyList<SlotRow> VisitSlots);

    private sealed record CategoryRow(string Code, string Name, string NameEn, IReadOnlyList<LeafRow> Children);

    private sealed record LeafRow(string Code, string Name, string NameEn, Urgency Urgency, string Crew);

    private sealed record LevelRow(Urgency Urgency, double Response, double Completion, bool RoundTheClock);

    private sealed record StepRow(ClockKind Clock, int Minutes, EscalationAudience Tells);

    private sealed record SlotRow(string Code, TimeOnly From, TimeOnly To);
}
