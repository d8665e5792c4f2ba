using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>Caches the clockwork of now for everybody; refreshed when calendar or levels changed.</summary>
public sealed class Clockworks(IServiceScopeFactory scopes, OfficeTime office)
{
    private volatile Clockwork? _current;

    public async ValueTask<Clockwork> CurrentAsync(CancellationToken ct = default) => _current ?? await RefreshAsync(ct);

    /// <summary>Reads calendar, levels and steps again; <see cref="CurrentAsync"/> returns these from now on.</summary>
    public async Task<Clockwork> RefreshAsync(CancellationToken ct = default)
    {
        await using var services = scopes.CreateAsyncScope();
        await using var db = await services.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var time = await db.ReadWorkingTimeAsync(office, ct);
        var levels = await db.ServiceLevels.AsNoTracking().ToListAsync(ct);
        var steps = await db.EscalationSteps.AsNoTracking().ToListAsync(ct);
        var subjects = await services.ServiceProvider.GetServices<ILevelScope>().SubjectsAsync(ct);
        return _current = new Clockwork(time, levels, subjects.ToDictionary(s => s.Id, s => s.ParentId), steps);
    }
}
