using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>The setting of move-out statements. The office reads it, administrators change it.</summary>
public sealed class MoveOutSettingService(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    public async Task<MoveOutSettingRow> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var stored = await db.MoveOutSettings.AsNoTracking().SingleOrDefaultAsync(ct);
        return new MoveOutSettingRow(stored?.Version ?? 0, stored?.DemandsStatement ?? true);
    }

    /// <summary>Refuses as Stale what somebody else changed since <paramref name="seen"/>.</summary>
    public async Task SaveAsync(bool demandsStatement, long seen, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandFees();
            user.Actor.DemandPublishRates();
            var stored = await db.MoveOutSettings.SingleOrDefaultAsync(token);
            if ((stored?.Version ?? 0) != seen) throw new Stale(await db.LastChangedByAsync<MoveOutSetting>(stored?.Id ?? 0, token), null);
            if (stored is null) db.MoveOutSettings.Add(stored = new MoveOutSetting());
            stored.Set(demandsStatement);
            db.Announce(new KeyChanged(FeesTopics.Rates, 0));
        }, ct);
    }

    internal static async Task<bool> DemandsStatementAsync(LogisticsDb db, CancellationToken ct) =>
        await db.MoveOutSettings.AsNoTracking().Select(s => (bool?)s.DemandsStatement).SingleOrDefaultAsync(ct) ?? true;
}
