using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Phone;

/// <summary>The acting person's own tickets that have not ended, for the cards of the home page; read once for a page.</summary>
public sealed class HomeTickets(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, KeptReadings kept)
{
    private const int Most = 50;

    private Task<IReadOnlyList<HomeTicket>>? _open;

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<HomeTicket>> OpenAsync(CancellationToken ct = default) => _open ??= KeptAsync(user.PersonId, ct);

    /// <summary>What needs the person: somebody comes today, or a repair waits for being accepted.</summary>
    public bool IsUrgent(HomeTicket ticket) => ticket.Row.Status == TicketStatus.Completed || ComesToday(ticket);

    public bool ComesToday(HomeTicket ticket) =>
        ticket.Row is { VisitDay: { } day, Status: TicketStatus.Taken or TicketStatus.Assigned or TicketStatus.InProgress or TicketStatus.Rework }
        && day == office.Today && ticket.Slot is not null;

    // Names of rooms, categories, crews and people are part of the rows.
    private Task<IReadOnlyList<HomeTicket>> KeptAsync(long me, CancellationToken ct) => kept.OfAsync(
        "Repairs.Home", me,
        [
            RowsRead.Of<RepairTicket>(me), RowsRead.All<VisitSlot>(), RowsRead.All<Category>(), RowsRead.All<Room>(), RowsRead.All<Building>(),
            RowsRead.All<Crew>(), RowsRead.All<Person>(),
        ],
        token => ReadAsync(me, token), ct);

    private async Task<IReadOnlyList<HomeTicket>> ReadAsync(long me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => t.ReporterId == me && t.EndedAt == null))
            .OrderByDescending(r => r.SubmittedAt).ThenByDescending(r => r.Id).Take(Most).ToListAsync(ct);
        var today = rows.Where(r => r.VisitDay == office.Today).Select(r => r.VisitSlotId).OfType<long>().Distinct().ToList();
        var slots = today.Count == 0 ? [] : await db.VisitSlots.AsNoTracking().Where(s => today.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        return [.. rows.Select(r => new HomeTicket(r, r.VisitSlotId is { } slot ? slots.GetValueOrDefault(slot)?.ToString() : null))];
    }
}

/// <summary>A ticket; <paramref name="Slot"/> only of a visit today.</summary>
public sealed record HomeTicket(RepairRow Row, string? Slot);
