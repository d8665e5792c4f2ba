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
        var all = await db.Categories.AsNoTracking().Select(c => new
        {
            Subject = new LevelSubject(c.Id, new LocalName(c.Name, c.NameEn), c.ParentId, c.Position, (int)c.DefaultUrgency, c.RetiredAt != null),
            GroupAt = c.Parent == null ? c.Position : c.Parent.Position,
            GroupId = c.ParentId ?? c.Id,
        }).ToListAsync(ct);
        // A group comes before its categories, wherever these were placed when they were in another.
        var inOrder = all.OrderBy(c => c.GroupAt).ThenBy(c => c.GroupId).ThenBy(c => c.Subject.ParentId is not null).ThenBy(c => c.Subject.Position)
            .ThenBy(c => c.Subject.Id);
        return [.. inOrder.Select((c, at) => c.Subject with { Position = at })];
    }

    public Task<bool> OffersAsync(LogisticsDb db, long subjectId, CancellationToken ct) => db.Categories.Living().AnyAsync(c => c.Id == subjectId, ct);

    public Task<int> RecalculateAsync(CancellationToken ct) => recalculation.RunAsync(ct);
}
