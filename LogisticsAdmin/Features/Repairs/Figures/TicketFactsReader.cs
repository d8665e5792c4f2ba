using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    /// <summary>The facts of each ticket, one after the other; only of these tickets, if they are given.</summary>
    public async IAsyncEnumerable<TicketFacts> ReadAsync(IReadOnlyCollection<long>? only, [EnumeratorCancellation] CancellationToken ct)
    {
        if (only is null)
        {
            await foreach (var facts in ReadAsync(OfPeriod(), ct)) yield return facts;
            yield break;
        }
        foreach (var ids in only.Chunk(IdsAtOnce))
        {
            var some = db.Set<RepairTicket>().Where(t => ids.Contains(t.Id)).Select(t => t.Id);
            await foreach (var facts in ReadAsync(some, ct)) yield return facts;
        }
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

    // The tickets last: there are most of them, and none is kept.
    private async IAsyncEnumerable<TicketFacts> ReadAsync(IQueryable<long> ids, [EnumeratorCancellation] CancellationToken ct)
    {
        var categories = await db.Categories.AsNoTracking().Select(c => new { c.Id, c.ParentId, c.Points }).ToDictionaryAsync(c => c.Id, ct);
        var centres = await db.Set<Crew>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.CentreId, ct);
        var events = new ByTicket<Moment>(await db.RepairEvents.AsNoTracking().Where(e => Asked.Contains(e.Verb) && ids.Contains(e.TicketId))
            .OrderBy(e => e.TicketId).ThenBy(e => e.Id)
            .Select(e => new Moment(e.TicketId, e.Verb, e.At, e.ActorId, e.Code, e.Verb == RepairVerb.Reject ? e.Note : null))
            .ToListAsync(ct), e => e.TicketId);
        var pauses = new ByTicket<Pause>(await db.Set<RepairPause>().AsNoTracking().Where(p => ids.Contains(p.TicketId)).OrderBy(p => p.TicketId)
            .Select(p => new Pause(p.TicketId, p.From, p.To)).ToListAsync(ct), p => p.TicketId);
        var uses = await db.Set<RepairUse>().AsNoTracking().Where(u => u.WithdrawnAt == null && ids.Contains(u.TicketId))
            .GroupBy(u => u.TicketId).Select(g => new Use(
                g.Key, g.Sum(u => u.PartId != null ? u.AmountFen : 0), g.Sum(u => u.PartId == null ? u.AmountFen : 0), g.Sum(u => u.Minutes ?? 0)))
            .ToDictionaryAsync(u => u.TicketId, ct);
        var reworked = await ReworkedAsync(ids, ct);
        var staff = await StaffAsync(ct);
        var undone = await MovesOfUndoneAsync(events.All.Where(e => e.Verb == RepairVerb.Undo).Select(e => e.TicketId).Distinct().ToList(), ct);

        var tickets = db.Set<RepairTicket>().AsNoTracking().IgnoreAutoIncludes().Where(t => ids.Contains(t.Id)).Select(t => new
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
            HasLimits = t.ServiceLevelId != null,
            t.DueAt,
            IsOverdue = t.OverdueSince != null,
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
        });
        await foreach (var t in tickets.AsAsyncEnumerable().WithCancellation(ct))
        {
            var category = categories[t.CategoryId];
            var ended = t.Status.IsEnded() ? Latest(t.SubmittedAt, t.EndedAt ?? t.SubmittedAt) : (DateTimeOffset?)null;
            var completed = t.CompletedAt is { } done ? Latest(t.SubmittedAt, done) : t.Status == TicketStatus.Closed ? ended : null;
            // A log does not say when the office responded, and what is said after the end is no response.
            var responded = t.ResponseDueAt == default || t.RespondedAt > ended ? null : t.RespondedAt;
            var isKnown = t.CompletedAt >= t.SubmittedAt && (ended is null || t.EndedAt >= t.SubmittedAt);
            var time = clocks.TimeOf(clocks.LevelOf(t.Urgency, t.CategoryId, t.SubmittedAt));
            var spent = isKnown ? Spent(t.SubmittedAt, t.CompletedAt!.Value, ended ?? t.CompletedAt.Value, time, pauses.Of(t.Id), undone[t.Id]) : default;
            var use = uses.GetValueOrDefault(t.Id);
            var told = events.Of(t.Id);
            var verified = Last(told, RepairVerb.Verify);
            yield return new TicketFacts
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
                HasLimits = t.HasLimits,
                Due = t.DueAt,
                OverdueAt = t.PausedLeftMinutes > 0 ? null : t.DueAt,
                IsLate = t.IsOverdue || t.CompletedAt > t.DueAt,
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
                Stars = t.Stars is { } stars && IsRealRating(Last(told, RepairVerb.Rate)?.ActorId, t.ReporterId, t.FiledById, staff) ? stars : null,
                IsAccepted = verified is not null,
                IsAcceptedByTime = verified is { ActorId: null },
                HasRework = reworked.Contains(t.Id),
                Extensions = Extensions(told, t.DueAt, t.AskedLate),
                ReasonId = t.Status == TicketStatus.Rejected ? ReasonOf(Last(told, RepairVerb.Reject)?.Note) : null,
                ResponseWorking = responded is { } at ? time.Between(t.SubmittedAt, at) : null,
                CompletionWorking = isKnown ? spent.Working : null,
                OfficeTime = isKnown && ended is not null ? spent.Office : null,
                WaitingTime = isKnown && ended is not null ? ended - t.SubmittedAt - spent.Office : null,
                MaterialFen = use.Material,
                LabourFen = use.Labour,
                ImportedFen = t.CostFen ?? 0,
                LabourMinutes = use.Minutes,
            };
        }
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
        ReadOnlySpan<Pause> pauses, IEnumerable<(DateTimeOffset At, TicketStatus To, HoldReason? HeldFor)> moves)
    {
        if (moves.Any()) return (TimeBreakdown.Of(moves, completed, time).OfficeWorking, TimeBreakdown.Of(moves, end, time).OfficeTotal);
        var (working, office) = (time.Between(submitted, completed), completed - submitted);
        foreach (var (_, from, to) in pauses)
        {
            var until = to is { } over && over < completed ? over : completed;
            if (until <= from) continue;
            working -= time.Between(from, until);
            office -= until - from;
        }
        return (working, office);
    }

    /// <summary>
    /// The requests that were not undone, with what the timeline says of the limit at that moment. Earlier versions did not record it: there
    /// the ticket knows it of its last request, and others are compared with the limit as it is now.
    /// </summary>
    private static ExtensionAsked[] Extensions(ReadOnlySpan<Moment> events, DateTimeOffset limit, bool isLastLate)
    {
        List<(DateTimeOffset At, bool? IsLate, DateTimeOffset? GrantedAt)>? asked = null;
        foreach (ref readonly var e in events)
        {
            if (e.Verb == RepairVerb.RequestExtension) (asked ??= []).Add((e.At, AskedExtension.Parse(e.Code).IsLate, null));
            else if (asked is null or []) continue;
            else if (e is { Verb: RepairVerb.DecideExtension, Code: nameof(Decision.Granted) }) asked[^1] = asked[^1] with { GrantedAt = e.At };
            else if (e.IsUndoOf(RepairVerb.RequestExtension)) asked.RemoveAt(asked.Count - 1);
            else if (e.IsUndoOf(RepairVerb.DecideExtension)) asked[^1] = asked[^1] with { GrantedAt = null };
        }
        return asked is null ? [] : [.. asked.Select((a, i) =>
            new ExtensionAsked(a.At, a.IsLate ?? (i == asked.Count - 1 ? isLastLate : limit <= a.At), a.GrantedAt))];
    }

    /// <summary>The same text has the same number in every reading.</summary>
    private long? ReasonOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var id = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())));
        _reasons[id] = text.Trim();
        return id;
    }

    private static Moment? Last(ReadOnlySpan<Moment> events, RepairVerb verb)
    {
        for (var i = events.Length - 1; i >= 0; i--)
            if (events[i].Verb == verb) return events[i];
        return null;
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>What a query read in the order of the tickets.</summary>
    private sealed class ByTicket<T>(List<T> all, Func<T, long> ticketOf)
    {
        private readonly Dictionary<long, (int From, int Count)> _ranges = RangesOf(all, ticketOf);

        public IReadOnlyList<T> All => all;

        public ReadOnlySpan<T> Of(long ticket) =>
            _ranges.TryGetValue(ticket, out var range) ? CollectionsMarshal.AsSpan(all).Slice(range.From, range.Count) : [];

        private static Dictionary<long, (int From, int Count)> RangesOf(List<T> all, Func<T, long> ticketOf)
        {
            Dictionary<long, (int From, int Count)> ranges = [];
            for (var from = 0; from < all.Count;)
            {
                var (ticket, to) = (ticketOf(all[from]), from + 1);
                while (to < all.Count && ticketOf(all[to]) == ticket) to++;
                ranges.Add(ticket, (from, to - from));
                from = to;
            }
            return ranges;
        }
    }

    private readonly record struct Use(long TicketId, long Material, long Labour, int Minutes);

    private readonly record struct Pause(long TicketId, DateTimeOffset From, DateTimeOffset? To);

    private readonly record struct Moment(long TicketId, RepairVerb Verb, DateTimeOffset At, long? ActorId, string? Code, string? Note)
    {
        /// <summary>The code of an undo is the verb, followed by the reason where the ticket is on hold again.</summary>
        public bool IsUndoOf(RepairVerb verb) => Verb == RepairVerb.Undo && Code?.Split('.')[0] == verb.ToString();
    }
}
