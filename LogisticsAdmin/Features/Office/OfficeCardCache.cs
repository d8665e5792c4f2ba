using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Office;

/// <summary>Keeps name and contact for all pages, because every page shows the name; read again after a change.</summary>
public sealed class OfficeCardCache(IServiceScopeFactory scopes) : IOfficeCard
{
    private volatile OfficeCard? _current;

    public async ValueTask<OfficeCard> CurrentAsync(CancellationToken ct = default) => _current ??= await ReadAsync(ct);

    internal void Forget() => _current = null;

    private async Task<OfficeCard> ReadAsync(CancellationToken ct)
    {
        await using var services = scopes.CreateAsyncScope();
        await using var db = await services.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        if (await db.OfficeProfiles.AsNoTracking().SingleOrDefaultAsync(ct) is not { } stored) return new OfficeCard(null, null, null, null);
        var hours = new LocalName(stored.Hours.Length > 0 ? stored.Hours : stored.HoursEn, stored.HoursEn);
        return new OfficeCard(new LocalName(stored.Name, stored.NameEn), stored.Phone, stored.Email, hours.Zh.Length > 0 ? hours : null);
    }
}
