using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>The tickets that canned replies are sent about.</summary>
internal sealed class RepairReplySubjects(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IReplySubjects
{
    public async Task<ReplySubject?> FindAsync(string number, CancellationToken ct)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await OfAsync(db, db.RepairTickets.AsNoTracking().VisibleTo(actor).Where(t => t.Number == number), ct);
    }

    /// <summary>The facts of the first of these tickets; null when there is none.</summary>
    internal static async Task<ReplySubject?> OfAsync(LogisticsDb db, IQueryable<RepairTicket> tickets, CancellationToken ct)
    {
        var row = await RepairRow.From(db, tickets).FirstOrDefaultAsync(ct);
        if (row is null) return null;
        var reporter = await db.Users.Where(p => p.Id == row.ReporterId).Select(p => new { p.Language }).FirstOrDefaultAsync(ct);
        var place = new LocalName($"{row.Building.Zh} {row.Room.Zh}", $"{English(row.Building)} {English(row.Room)}");
        return new ReplySubject(row.Number, row.Reporter, reporter?.Language, place, row.DueAt, row.Technician);
    }

    private static string English(LocalName name) => name.En.Length > 0 ? name.En : name.Zh;
}
