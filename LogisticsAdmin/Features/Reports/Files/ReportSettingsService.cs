using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>Settings of the monthly report, for administrators; everybody else is refused as <see cref="Forbidden"/>.</summary>
public sealed class ReportSettingsService(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>Topic of the feed: the settings changed.</summary>
    public const string Topic = "report-settings";

    private static readonly ReportSettingsFormValidator Rules = new();

    /// <summary>What is stored, or the usual settings with version 0.</summary>
    public async Task<ReportSettingsForm> ReadAsync(CancellationToken ct = default)
    {
        Demand();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<ReportSettings>().AsNoTracking().Select(s => new ReportSettingsForm { Version = s.Version, DraftDay = s.DraftDay })
            .SingleOrDefaultAsync(ct) ?? new ReportSettingsForm();
    }

    /// <summary>Stores the settings. Refuses as Stale what somebody else changed meanwhile.</summary>
    public async Task SaveAsync(ReportSettingsForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            Demand();
            var stored = await db.Set<ReportSettings>().SingleOrDefaultAsync(token);
            if ((stored?.Version ?? 0) != form.Version) throw new Stale(await db.LastChangedByAsync<ReportSettings>(stored?.Id ?? 0, token), null);
            if (stored is null) db.Add(stored = new ReportSettings());
            stored.Set(form.DraftDay);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
    }

    private void Demand()
    {
        if (!user.Actor.Is(Role.Administrator)) throw new Forbidden();
    }
}
