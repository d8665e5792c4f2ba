using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>
/// Tells the managers of the draft of the month before, on the working day that the settings name or when the app runs next. Each month is
/// announced once; one that is closed already, or in which nothing was counted, is not.
/// </summary>
public sealed class ReportDrafts(IDbContextFactory<LogisticsDb> databases, ReportReader reader, OfficeTime office)
{
    public async Task AnnounceDueAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var today = office.Today;
        var month = ReportPeriod.MonthOf(today).Previous;
        if (!await IsDueAsync(db, today, ct) || !await IsOpenAsync(db, month, ct)) return;
        var content = await reader.ReadLiveAsync(month, ct);
        if (content.Sections.All(s => s.Snapshot.Facts.Rows.Count == 0)) return;
        await db.WriteAsync(async token =>
        {
            if (!await IsOpenAsync(db, month, token)) return;
            var stored = await db.Set<ReportMonth>().SingleOrDefaultAsync(m => m.Month == month.From, token);
            if (stored is null) db.Add(stored = new ReportMonth(month.From));
            stored.AnnounceDraft(office.Now);
            foreach (var manager in await ManagersAsync(db, token))
            {
                db.Add(new InboxItem(manager, ReportNotificationKind.Draft, month.ToString(), month.ToString(), office.Now));
                db.Announce(new KeyChanged(InboxService.Topic, manager));
            }
        }, ct);
    }

    private async Task<bool> IsDueAsync(LogisticsDb db, DateOnly today, CancellationToken ct)
    {
        var settings = await db.Set<ReportSettings>().AsNoTracking().SingleOrDefaultAsync(ct);
        if ((settings is null ? ReportSettings.UsualDraftDay : settings.DraftDay) is not { } day) return false;
        var calendar = await db.ReadWorkingTimeAsync(office, ct);
        var passed = 0;
        for (var at = new DateOnly(today.Year, today.Month, 1); at <= today; at = at.AddDays(1))
            if (calendar.IsOpenOn(at)) passed++;
        return passed >= day;
    }

    private static async Task<bool> IsOpenAsync(LogisticsDb db, ReportPeriod month, CancellationToken ct) =>
        !await db.Set<ReportMonth>().AnyAsync(m => m.Month == month.From && m.DraftAnnouncedAt != null, ct)
        && !await db.Set<ReportClosing>().AnyAsync(c => c.Month == month.From && c.ReopenedAt == null, ct);

    private static Task<List<long>> ManagersAsync(LogisticsDb db, CancellationToken ct)
    {
        var roles = db.Set<IdentityUserRole<long>>();
        return db.Users.Living().Where(p => p.Status != PersonStatus.Disabled && roles.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Manager))
            .Select(p => p.Id).ToListAsync(ct);
    }
}
