using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Service levels of repairs are set by urgency and by category.</summary>
internal sealed class RepairLevelScope(IDbContextFactory<LogisticsDb> databases, DeadlineRecalculation recalculation) : ILevelScope
{
    public string Key => "repairs";

    public LocalName Name { get; } = LocalName.Of<WorkText>("Title");

    public async Task<IReadOnlyList<LevelSubject>> SubjectsAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Categories.AsNoTracking().OrderBy(c => c.Position)
            .Select(c => new LevelSubject(c.Id, new LocalName(c.Name, c.NameEn), c.ParentId, c.Position, (int)c.DefaultUrgency, c.RetiredAt != null))
            .ToListAsync(ct);
    }

    public Task<bool> OffersAsync(LogisticsDb db, long subjectId, CancellationToken ct) => db.Categories.Living().AnyAsync(c => c.Id == subjectId, ct);

    public Task<int> RecalculateAsync(CancellationToken ct) => recalculation.RunAsync(ct);
}
