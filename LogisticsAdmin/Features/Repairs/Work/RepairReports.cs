using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Damage that staff report from elsewhere, as anything else that is broken: the office chooses the category when it receives it.</summary>
internal sealed class RepairReports(IDbContextFactory<LogisticsDb> databases, CurrentUser user, RepairIntake intake, IOfficeCard card) : IRepairReports
{
    private const string AnythingElse = "other";

    public async Task<string> ReportAsync(long roomId, string description, CancellationToken ct = default)
    {
        if (!user.Actor.IsStaff) throw new Forbidden();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var phone = await db.Users.Where(p => p.Id == me).Select(p => p.PhoneNumber).FirstOrDefaultAsync(ct) ?? (await card.CurrentAsync(ct)).Phone;
        if (string.IsNullOrWhiteSpace(phone)) throw Rejected.Because<WorkText>("NoPhone");
        // An office may have renamed or retired it: then the last one of the last group.
        var category = await db.Categories.Where(c => c.ParentId != null && c.RetiredAt == null && c.Parent!.RetiredAt == null)
            .OrderByDescending(c => c.Code == AnythingElse).ThenByDescending(c => c.Parent!.Position).ThenByDescending(c => c.Position)
            .Select(c => (long?)c.Id).FirstOrDefaultAsync(ct);
        return await intake.SubmitAsync(new ReportForm { RoomId = roomId, CategoryId = category, Description = description, Phone = phone }, ct);
    }
}
