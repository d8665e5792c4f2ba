using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>Caches the current <see cref="ServiceClock"/> for everybody; refreshed when calendar or levels changed.</summary>
public sealed class ServiceClockCache(IServiceScopeFactory scopes, OfficeTime office)
{
    private volatile ServiceClock? _current;

    public async ValueTask<ServiceClock> CurrentAsync(CancellationToken ct = default) => _current ?? await RefreshAsync(ct);

    /// <summary>Reads calendar, levels and steps again; <see cref="CurrentAsync"/> returns these from now on.</summary>
    public async Task<ServiceClock> RefreshAsync(CancellationToken ct = default)
    {
        await using var services = scopes.CreateAsyncScope();
        await using var db = await services.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var time = await db.ReadWorkingTimeAsync(office, ct);
        var levels = await db.ServiceLevels.AsNoTracking().ToListAsync(ct);
        var steps = await db.EscalationSteps.AsNoTracking().ToListAsync(ct);
        var subjects = await services.ServiceProvider.GetServices<ILevelScope>().SubjectsAsync(ct);
        return _current = new ServiceClock(time, levels, subjects.ToDictionary(s => s.Id, s => s.ParentId), steps);
    }
}
