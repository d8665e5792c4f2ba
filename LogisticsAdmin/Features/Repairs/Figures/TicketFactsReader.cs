using System.Security.Cryptography;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>Reads the facts of the tickets that count in a period: few queries over all of them, whatever their number.</summary>
internal sealed class TicketFactsReader(LogisticsDb db, ServiceClock clocks, CountedTime period)
{
    private const int IdsAtOnce = 500;

    private static readonly RepairVerb[] Asked =
    [
        RepairVerb.Verify, RepairVerb.Rate, RepairVerb.RequestExtension, RepairVerb.DecideExtension, RepairVerb.Reject, RepairVerb.Undo,
    ];

    private readonly Dictionary<long, string> _reasons = [];

    /// <summary>The reasons for rejections as they were typed, by the numbers that the facts name.</summary>
    public IReadOnlyDictionary<long, string> Reasons => _reasons;

    public async Task<List<TicketFacts>> ReadAsync(IReadOnlyCollection<long>? only, CancellationToken ct)
    {
        if (only is null) return await ReadAsync(OfPeriod(), ct);
        List<TicketFacts> facts = [];
        foreach (var ids in only.Chunk(IdsAtOnce))
            facts.AddRange(await ReadAsync(db.Set<RepairTicket>().Where(t => ids.Contains(t.Id)).Select(t => t.Id), ct));
        return facts;
    }

    /// <summary>
    /// Those that came in during the period, and earlier ones that had not ended when it began: each a part of an index. The tickets are then
    /// read in the order of their ids, in which they lie on the disk.
    /// </summary>
    private IQueryable<long> OfPeriod()
    {
        var (from, until, notEnded) = (period.From, period.Until, RepairTicket.PressingOfEnd(period.From));
        return db.UsingIndex<RepairTicket>(DeskIndex.Submitted).Where(t => t.SubmittedAt >= from && t.SubmittedAt < until).Select(t => t.Id)
            .Concat(db.UsingIndex<RepairTicket>(DeskIndex.Pressing).Where(t => t.Pressing <= notEnded && t.SubmittedAt < from).Select(t => t.Id));
    }

    private async Task<List<TicketFacts>> ReadAsync(IQueryable<long> ids, CancellationToken ct)
    {
        var categories = await db.Categories.AsNoTracking().Select(c => new { c.Id, c.ParentId, c.Points }).ToDictionaryAsync(c => c.Id, ct);
        var centres = await db.Set<Crew>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.CentreId, ct);

        var tickets = await db.Set<RepairTicket>().AsNoTracking().IgnoreAutoIncludes().Where(t => ids.Contains(t.Id)).Select(t => new
        {
            t.Id,
            t.Status,
            t.HeldFor,
            t.Urgency,
            t.SubmittedAt,
            t.RespondedAt,
            t.ResponseDueAt,
            t.IsResponseLate,
            t.CompletedAt,
            t.EndedAt,
            t.ServiceLevelId,
            t.DueAt,
            t.OverdueSince,
            t.PausedLeftMinutes,
            t.AskedLate,
            t.CategoryId,
            t.CampusId,
            t.BuildingId,
            t.RoomId,
            t.CrewId,
            t.TechnicianId,
            t.ReporterId,
            t.FiledById,
            t.Nudges,
            t.SentBack,
            t.Transfers,
            t.Repeats,
            t.Stars,
            t.CostFen,
        }).ToListAsync(ct);
        var events = (await db.RepairEvents.AsNoTracking().Where(e => Asked.Contains(e.Verb) && ids.Contains(e.TicketId))
            .OrderBy(e => e.TicketId).ThenBy(e => e.Id)
            .Select(e => new Moment(e.TicketId, e.Verb, e.At, e.ActorId, e.Code, e.Verb == RepairVerb.Reject ? e.Note : null))
            .ToListAsync(ct)).ToLookup(e => e.TicketId);
        var pauses = (await db.Set<RepairPause>().AsNoTracking().Where(p => ids.Contains(p.TicketId))
            .Select(p => new { p.TicketId, p.From, p.To }).ToListAsync(ct)).ToLookup(p => p.TicketId, p => (p.From, p.To));
        var uses = await db.Set<RepairUse>().AsNoTracking().Where(u => u.WithdrawnAt == null && ids.Contains(u.TicketId))
            .GroupBy(u => u.TicketId).Select(g => new
            {
                Id = g.Key,
                Material = g.Sum(u => u.PartId != null ? u.AmountFen : 0),
                Labour = g.Sum(u => u.PartId == null ? u.AmountFen : 0),
                Minutes = g.Sum(u => u.Minutes ?? 0),
            }).ToDictionaryAsync(u => u.Id, ct);
        var reworked = await ReworkedAsync(ids, ct);
        var staff = await StaffAsync(ct);
        var undone = await MovesOfUndoneAsync(events.Where(e => e.Any(m => m.Verb == RepairVerb.Undo)).Select(e => e.Key).ToList(), ct);

        List<TicketFacts> facts = new(tickets.Count);
        foreach (var t in tickets)
        {
            var category = categories[t.CategoryId];
            var ended = t.Status.IsEnded() ? Latest(t.SubmittedAt, t.EndedAt ?? t.SubmittedAt) : (DateTimeOffset?)null;
            var completed = t.CompletedAt is { } done ? Latest(t.SubmittedAt, done) : t.Status == TicketStatus.Closed ? ended : null;
            // A log does not say when the office responded, and what is said after the end is no response.
            var responded = t.ResponseDueAt == default || t.RespondedAt > ended ? null : t.RespondedAt;
            var isKnown = t.CompletedAt >= t.SubmittedAt && (ended is null || t.EndedAt >= t.SubmittedAt);
            var time = clocks.TimeOf(clocks.LevelOf(t.Urgency, t.CategoryId, t.SubmittedAt));
            var spent = isKnown ? Spent(t.SubmittedAt, t.CompletedAt!.Value, ended ?? t.CompletedAt.Value, time, pauses[t.Id], undone[t.Id]) : default;
            var use = uses.GetValueOrDefault(t.Id);
            var verified = Last(events[t.Id], RepairVerb.Verify);
            facts.Add(new TicketFacts
            {
                Id = t.Id,
                Status = t.Status,
                Urgency = t.Urgency,
                Submitted = t.SubmittedAt,
                Responded = responded,
                ResponseDue = t.ResponseDueAt,
                IsResponseLate = t.IsResponseLate,
                Completed = completed,
                Ended = ended,
                IsEndKnown = isKnown,
                HasLimits = t.ServiceLevelId is not null,
                Due = t.DueAt,
                OverdueAt = t.PausedLeftMinutes > 0 ? null : t.DueAt,
                IsLate = t.OverdueSince is not null || t.CompletedAt > t.DueAt,
                CategoryId = t.CategoryId,
                GroupId = category.ParentId,
                CampusId = t.CampusId,
                BuildingId = t.BuildingId,
                RoomId = t.RoomId,
                CrewId = t.CrewId,
                CentreId = t.CrewId is { } crew && centres.TryGetValue(crew, out var centre) ? centre : null,
                TechnicianId = t.TechnicianId,
                IsWaitingForResident = t.Status == TicketStatus.Completed || (t.Status == TicketStatus.OnHold && t.HeldFor == HoldReason.Access),
                IsByPhone = t.FiledById is not null,
                Nudges = t.Nudges,
                SentBack = t.SentBack,
                Transfers = t.Transfers,
                Repeats = t.Repeats,
                Points = category.Points,
                Stars = t.Stars is { } stars && IsRealRating(Last(events[t.Id], RepairVerb.Rate)?.ActorId, t.ReporterId, t.FiledById, staff) ? stars : null,
                IsAccepted = verified is not null,
                IsAcceptedByTime = verified is { ActorId: null },
                HasRework = reworked.Contains(t.Id),
                Extensions = Extensions(events[t.Id], t.DueAt, t.AskedLate),
                ReasonId = t.Status == TicketStatus.Rejected ? ReasonOf(Last(events[t.Id], RepairVerb.Reject)?.Note) : null,
                ResponseWorking = responded is { } at ? time.Between(t.SubmittedAt, at) : null,
                CompletionWorking = isKnown ? spent.Working : null,
                OfficeTime = isKnown && ended is not null ? spent.Office : null,
                WaitingTime = isKnown && ended is not null ? ended - t.SubmittedAt - spent.Office : null,
                MaterialFen = use?.Material ?? 0,
                LabourFen = use?.Labour ?? 0,
                ImportedFen = t.CostFen ?? 0,
                LabourMinutes = use?.Minutes ?? 0,
            });
        }
        return facts;
    }

    /// <summary>Tickets of which a later one is the rework, reported within the period of the campus rules.</summary>
    private async Task<HashSet<long>> ReworkedAsync(IQueryable<long> ids, CancellationToken ct) =>
        [.. await db.RepairTickets.IgnoreAutoIncludes().Where(r => r.ReworkOfId != null && ids.Contains(r.ReworkOfId.Value))
            .Select(r => r.ReworkOfId!.Value).Distinct().ToListAsync(ct)];

    /// <summary>Office members and technicians, whose ratings of tickets that they took by phone are none of a resident.</summary>
    private async Task<HashSet<long>> StaffAsync(CancellationToken ct)
    {
        var names = RoleGroups.Staff.ToNames();
        return [.. await (from r in db.UserRoles join role in db.Roles on r.RoleId equals role.Id where names.Contains(role.Name!) select r.UserId)
            .ToListAsync(ct)];
    }

    private static bool IsRealRating(long? rater, long? reporter, long? filedBy, HashSet<long> staff) =>
        rater is { } by && by == reporter && by != filedBy && !(filedBy is not null && staff.Contains(by));

    /// <summary>
    /// The status changes of tickets of which a verb was undone: only there the pauses say less than the timeline, which the ticket's own page
    /// shows.
    /// </summary>
    private async Task<ILookup<long, (DateTimeOffset At, TicketStatus To, HoldReason? HeldFor)>> MovesOfUndoneAsync(List<long> tickets, CancellationToken ct)
    {
        List<(long Ticket, (DateTimeOffset, TicketStatus, HoldReason?) Move)> moves = [];
        foreach (var some in tickets.Chunk(IdsAtOnce))
        {
            var read = await db.RepairEvents.AsNoTracking().Where(e => some.Contains(e.TicketId) && (e.From != e.To || e.Verb == RepairVerb.Submit))
                .OrderBy(e => e.TicketId).ThenBy(e => e.Id)
                .Select(e => new { e.TicketId, e.At, e.To, Code = e.To == TicketStatus.OnHold ? e.Code : null }).ToListAsync(ct);
            moves.AddRange(read.Select(m => (m.TicketId, (m.At, m.To,
                Enum.TryParse<HoldReason>(m.Code?.Split('.')[^1], out var reason) ? reason : (HoldReason?)null))));
        }
        return moves.ToLookup(m => m.Ticket, m => m.Move);
    }

    /// <summary>The working time until completion, and the office's part of the time until the end.</summary>
    private static (TimeSpan Working, TimeSpan Office) Spent(DateTimeOffset submitted, DateTimeOffset completed, DateTimeOffset end, WorkingTime time,
        IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> pauses, IEnumerable<(DateTimeOffset At, TicketStatus To, HoldReason? HeldFor)> moves)
    {
        if (moves.Any()) return (TimeBreakdown.Of(moves, completed, time).OfficeWorking, TimeBreakdown.Of(moves, end, time).OfficeTotal);
        var (working, office) = (time.Between(submitted, completed), completed - submitted);
        foreach (var (from, to) in pauses)
        {
            var until = to is { } over && over < completed ? over : completed;
            if (until <= from) continue;
            working -= time.Between(from, until);
            office -= until - from;
        }
        return (working, office);
    }

    /// <summary>
    /// The requests that were not undone. Of the last one the ticket knows whether it was late; of an earlier one it is told by the limit, which
    /// only moves ahead while requests are in time.
    /// </summary>
    private static List<ExtensionAsked> Extensions(IEnumerable<Moment> events, DateTimeOffset limit, bool isLastLate)
    {
        List<ExtensionAsked> asked = [];
        foreach (var e in events)
        {
            if (e.Verb == RepairVerb.RequestExtension) asked.Add(new ExtensionAsked(e.At, limit <= e.At, null));
            else if (asked.Count == 0) continue;
            else if (e is { Verb: RepairVerb.DecideExtension, Code: nameof(Decision.Granted) }) asked[^1] = asked[^1] with { GrantedAt = e.At };
            else if (e.IsUndoOf(RepairVerb.RequestExtension)) asked.RemoveAt(asked.Count - 1);
            else if (e.IsUndoOf(RepairVerb.DecideExtension)) asked[^1] = asked[^1] with { GrantedAt = null };
        }
        if (asked.Count > 0) asked[^1] = asked[^1] with { IsLate = isLastLate };
        return asked;
    }

    /// <summary>The same text has the same number in every reading.</summary>
    private long? ReasonOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var id = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())));
        _reasons[id] = text.Trim();
        return id;
    }

    private static Moment? Last(IEnumerable<Moment> events, RepairVerb verb) => events.LastOrDefault(e => e.Verb == verb);

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed record Moment(long TicketId, RepairVerb Verb, DateTimeOffset At, long? ActorId, string? Code, string? Note)
    {
        /// <summary>The code of an undo is the verb, followed by the reason where the ticket is on hold again.</summary>
        public bool IsUndoOf(RepairVerb verb) => Verb == RepairVerb.Undo && Code?.Split('.')[0] == verb.ToString();
    }
}
