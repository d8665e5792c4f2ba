using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>Targets of the whole office that a campus might have. Development only; loaded once, where there are none.</summary>
internal sealed class DemoTargets(OfficeTime office) : IReferenceRows
{
    private static readonly DateOnly Since = new(2024, 1, 1);

    private static readonly (string Figure, decimal Value)[] Values =
    [
        ("repairs.response-in-time", 0.95m), ("repairs.completion-in-time", 0.95m), ("repairs.first-time-fix", 0.92m), ("repairs.satisfaction", 0.95m),
    ];

    public bool IsDemo => true;

    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.Set<ReportTarget>().AnyAsync(ct)) return;
        var managers = from p in db.Users
                       join r in db.UserRoles on p.Id equals r.UserId
                       where r.RoleId == (long)Role.Manager
                       orderby p.Id
                       select p.Id;
        if (await managers.FirstOrDefaultAsync(ct) is not (> 0 and var manager)) return;
        await db.WriteAsync(token =>
        {
            db.AddRange(Values.Select(v => new ReportTarget(v.Figure, TargetScope.Office, 0, Since, v.Value, manager, office.Now)));
            return Task.CompletedTask;
        }, ct);
    }
}
