using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>The tickets a person reported, on their sheet. For the office alone; somebody else is told nothing.</summary>
internal sealed class ReportedTickets(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonStory
{
    public LocalName Title { get; } = LocalName.Of<RepairsText>("Story.Reported");
    public LocalName? Nothing { get; } = LocalName.Of<RepairsText>("Story.NoneReported");

    public Task<PersonStory?> TellAsync(long personId, int take, CancellationToken ct) => PersonTickets.TellAsync(
        databases, user,
        db => db.RepairTickets.Where(t => t.ReporterId == personId).OrderByDescending(t => t.SubmittedAt), null, take, ct);
}

/// <summary>The tickets a technician has or had in hand. For the office alone.</summary>
internal sealed class WorkedTickets(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonStory
{
    public LocalName Title { get; } = LocalName.Of<RepairsText>("Story.Worked");
    public LocalName? Nothing => null;

    public Task<PersonStory?> TellAsync(long personId, int take, CancellationToken ct) => PersonTickets.TellAsync(
        databases, user,
        // By number of the row, which the desk's index holds: a technician has tens of thousands.
        db => db.RepairTickets.Where(t => t.TechnicianId == personId).OrderByDescending(t => t.Id),
        $"/repairs?view=All&technician={personId}", take, ct);
}

internal static class PersonTickets
{
    public static async Task<PersonStory?> TellAsync(
        IDbContextFactory<LogisticsDb> databases, CurrentUser user, Func<LogisticsDb, IQueryable<RepairTicket>> newestFirst, string? all, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var total = await newestFirst(db).CountAsync(ct);
        var newest = await newestFirst(db).AsNoTracking().Take(take)
            .Select(t => new { t.SubmittedAt, t.Number, t.Description, t.Status }).ToListAsync(ct);
        return new PersonStory(total, [.. newest.Select(t => new StoryLine(
            t.SubmittedAt, t.Number, CleanText.Summary(t.Description), LocalName.Of<RepairsText>($"TicketStatus.{t.Status}"), $"/repairs/{t.Number}"))], all);
    }
}
