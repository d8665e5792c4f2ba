using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>The tickets a person reported. For the office only.</summary>
internal sealed class ReportedTickets(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonSection
{
    public LocalName Title { get; } = LocalName.Of<ReadingText>("PersonSection.Reported");
    public LocalName? EmptyText { get; } = LocalName.Of<ReadingText>("PersonSection.NoneReported");

    public Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct) => PersonTickets.ReadAsync(
        databases, user,
        db => db.RepairTickets.Where(t => t.ReporterId == personId).OrderByDescending(t => t.SubmittedAt), null, take, ct);
}

/// <summary>The tickets a technician works or worked on. For the office only.</summary>
internal sealed class WorkedTickets(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonSection
{
    private static readonly LocalName AllWorked = LocalName.Of<ReadingText>("PersonSection.AllWorked");

    public LocalName Title { get; } = LocalName.Of<ReadingText>("PersonSection.Worked");
    public LocalName? EmptyText => null;

    public Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct) => PersonTickets.ReadAsync(
        databases, user,
        // Sorted by id, which is in the technician index: a technician can have tens of thousands of tickets.
        db => db.RepairTickets.Where(t => t.TechnicianId == personId).OrderByDescending(t => t.Id),
        new SectionLink(AllWorked, $"repairs?view=All&technician={personId}"), take, ct);
}

internal static class PersonTickets
{
    public static async Task<PageSection?> ReadAsync(
        IDbContextFactory<LogisticsDb> databases, CurrentUser user, Func<LogisticsDb, IQueryable<RepairTicket>> newestFirst,
        SectionLink? all, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var total = await newestFirst(db).CountAsync(ct);
        var newest = await newestFirst(db).AsNoTracking().Take(take)
            .Select(t => new { t.SubmittedAt, t.Number, t.Description, t.Status }).ToListAsync(ct);
        return new PageSection(total, [.. newest.Select(t => new SectionLine(
            t.SubmittedAt, t.Number, CleanText.Summary(t.Description), LocalName.Of<TicketsText>($"TicketStatus.{t.Status}"), $"repairs/{t.Number}"))], all);
    }
}
