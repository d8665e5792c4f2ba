using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>Keeps the clockwork that is in force, read once for everybody and again when calendar or levels changed.</summary>
public sealed class Clockworks(IServiceScopeFactory scopes, OfficeTime office)
{
    private volatile Clockwork? _current;

    public async ValueTask<Clockwork> CurrentAsync(CancellationToken ct = default) => _current ?? await RefreshAsync(ct);

    /// <summary>Reads calendar, levels and steps anew; who asks from now on gets these.</summary>
    public async Task<Clockwork> RefreshAsync(CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        return _current = await ReadAsync(db, office, ct);
    }

    internal static async Task<Clockwork> ReadAsync(LogisticsDb db, OfficeTime office, CancellationToken ct)
    {
        var time = await db.ReadWorkingTimeAsync(office, ct);
        var levels = await db.ServiceLevels.AsNoTracking().ToListAsync(ct);
        var steps = await db.EscalationSteps.AsNoTracking().ToListAsync(ct);
        var parents = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.ParentId, ct);
        return new Clockwork(time, levels, parents, steps);
    }
}
