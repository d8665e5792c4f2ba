using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Slips;

/// <summary>The contents of a dispatch slip for one ticket.</summary>
public sealed record DispatchSlip(RepairRow Row)
{
    public required LocalName Campus { get; init; }
    public required string? Reporter { get; init; }
    public required string? Phone { get; init; }
    public required string? Slot { get; init; }
    public required string? Note { get; init; }
    public required LocalName? Centre { get; init; }
    public required IReadOnlyList<SlipLine> Used { get; init; }
}

/// <summary>A part that was already used on the job when the slip is printed.</summary>
public sealed record SlipLine(LocalName Part, LocalName Unit, decimal Quantity);

/// <summary>派工单: for the office and the ticket's technician. For anybody else the slip does not exist.</summary>
public sealed class SlipQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStandIns standIns)
{
    /// <summary>The maximum number of slips printed at once.</summary>
    public const int MaxSlips = 50;

    /// <summary>
    /// The slips of these tickets in the given order. Tickets that the reader may not print are left out; throws NotFound if none is left,
    /// Rejected if there are more than <see cref="MaxSlips"/>.
    /// </summary>
    public async Task<IReadOnlyList<DispatchSlip>> SlipsAsync(IReadOnlyList<string> numbers, CancellationToken ct = default)
    {
        var reader = user.Actor;
        var wanted = numbers.Where(n => !string.IsNullOrWhiteSpace(n)).Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count == 0) return [];
        if (wanted.Count > MaxSlips) throw Rejected.Because<SlipsText>("TooManySlips", MaxSlips);
        await using var db = await databases.CreateDbContextAsync(ct);
        var actor = await standIns.ActingAsync(db, reader, ct);
        var tickets = db.RepairTickets.AsNoTracking().VisibleTo(actor).Where(t => wanted.Contains(t.Number));
        var rows = (await RepairRow.From(db, tickets).ToListAsync(ct)).Where(r => actor.IsOffice || actor.IsAssignedTo(r.Parties)).ToDictionary(r => r.Number);
        if (rows.Count == 0) throw new NotFound();
        var ids = rows.Values.Select(r => r.Id).ToList();
        var more = await (
            from t in tickets
            where ids.Contains(t.Id)
            join campus in db.Campuses on t.CampusId equals campus.Id
            join r in db.People on t.ReporterId equals r.Id into reporters
            from reporter in reporters.DefaultIfEmpty()
            join s in db.VisitSlots on t.VisitSlotId equals s.Id into slots
            from slot in slots.DefaultIfEmpty()
            join c in db.Crews on t.CrewId equals c.Id into crews
            from crew in crews.DefaultIfEmpty()
            select new
            {
                t.Id,
                Campus = new LocalName(campus.Name, campus.NameEn),
                Reporter = reporter.FullName ?? t.ContactName,
                Phone = t.ContactPhone ?? reporter.PhoneNumber,
                Slot = slot,
                Centre = crew == null ? null : new LocalName(crew.Centre.Name, crew.Centre.NameEn),
                Note = db.Set<RepairEvent>().Where(e => e.TicketId == t.Id && (e.Verb == RepairVerb.Assign || e.Verb == RepairVerb.Transfer))
                    .OrderByDescending(e => e.Id).Select(e => e.Note).FirstOrDefault(),
            }).ToDictionaryAsync(t => t.Id, ct);
        var used = (await (
            from u in db.RepairUses.AsNoTracking()
            where ids.Contains(u.TicketId) && u.WithdrawnAt == null
            join p in db.Parts on u.PartId equals p.Id
            orderby u.Id
            select new
            {
                u.TicketId,
                Line = new SlipLine(new LocalName(p.Name, p.NameEn), new LocalName(p.Unit, p.UnitEn), u.Quantity!.Value),
            }).ToListAsync(ct))
            .ToLookup(u => u.TicketId, u => u.Line);
        return
        [
            .. from number in wanted
               where rows.ContainsKey(number)
               let row = rows[number]
               let about = more[row.Id]
               select new DispatchSlip(row)
               {
                   Campus = about.Campus,
                   Reporter = about.Reporter,
                   Phone = about.Phone,
                   Slot = about.Slot?.ToString(),
                   Note = about.Note,
                   Centre = about.Centre,
                   Used = [.. used[row.Id]],
               },
        ];
    }
}
