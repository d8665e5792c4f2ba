using System.Globalization;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>The life of one ticket as its timeline tells it, and as its log does.</summary>
internal sealed class TicketStory
{
    private readonly List<RepairEvent> _told, _valid;
    private readonly RandomHistories.LogRow? _log;
    private readonly Urgency _urgency;
    private readonly ServiceClock _clocks;
    private readonly MinuteCalendar _office, _always;

    public TicketStory(RepairTicket ticket, RandomHistories.Origin origin, List<RepairUse> uses, Dictionary<long, Category> categories,
        Dictionary<long, long> centres, HashSet<long> staff, bool hasRework, ServiceClock clocks, MinuteCalendar office, MinuteCalendar always)
    {
        (Ticket, _log, _urgency, HasRework, _clocks, _office, _always) = (ticket, origin.Log, origin.Urgency, hasRework, clocks, office, always);
        _told = [.. ticket.Events.OrderBy(e => e.Id)];
        _valid = WithoutUndone(_told);
        Status = _valid[^1].To;
        TellEnd();
        TellResponse();
        TellAssignment(centres);
        TellExtensions();
        TellLimits();
        TellTimes();
        TellRating(staff);
        var verified = _valid.LastOrDefault(e => e.Verb == RepairVerb.Verify);
        (IsAccepted, IsAcceptedByTime) = (verified is not null, verified is { ActorId: null });
        SentBack = _valid.Count(e => e.Verb == RepairVerb.SendBack);
        Nudges = _valid.Count(e => e.Verb == RepairVerb.Nudge);
        foreach (var use in uses.Where(u => u.WithdrawnAt is null))
        {
            if (use.PartId is null) (Labour, LabourMinutes) = (Labour + use.AmountFen / 100m, LabourMinutes + use.Minutes!.Value);
            else Material += use.AmountFen / 100m;
        }
        LogCost = (_log?.CostFen ?? 0) / 100m;
        Points = categories[ticket.CategoryId].Points;
        GroupId = categories[ticket.CategoryId].ParentId ?? ticket.CategoryId;
        Reason = Status == TicketStatus.Rejected ? _valid.LastOrDefault(e => e.Verb == RepairVerb.Reject)?.Note : null;
    }

    public RepairTicket Ticket { get; }
    public TicketStatus Status { get; }
    public DateTimeOffset Submitted => Ticket.SubmittedAt;
    public DateTimeOffset? Completed { get; private set; }
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>Whether anybody knows when the work was done, and it was after the report.</summary>
    public bool IsKnown { get; private set; }
    public DateTimeOffset? Responded { get; private set; }
    public DateTimeOffset ResponseDue { get; private set; }
    public bool HasLimits => _log is null or { Status: TicketStatus.New };
    public DateTimeOffset Due { get; private set; }

    /// <summary>When the completion limit passes; null while the ticket is on hold before it.</summary>
    public DateTimeOffset? PassesAt { get; private set; }
    public bool IsWaitingForResident => Status == TicketStatus.Completed || (Status == TicketStatus.OnHold && LastHold() == HoldReason.Access);

    public long? CrewId { get; private set; }
    public long? CentreId { get; private set; }
    public long? TechnicianId { get; private set; }
    public long GroupId { get; }
    public string? Reason { get; }
    public int Transfers { get; private set; }
    public int SentBack { get; }
    public int Nudges { get; }
    public bool HasRework { get; }
    public bool IsAccepted { get; }
    public bool IsAcceptedByTime { get; }
    public int? Stars { get; private set; }
    public List<(DateTimeOffset At, bool IsLate, DateTimeOffset? GrantedAt)> Extensions { get; } = [];
    public decimal Material { get; }
    public decimal Labour { get; }
    public decimal LogCost { get; }
    public int LabourMinutes { get; }
    public int Points { get; }

    /// <summary>In minutes: working time until the response and, without the waits, until completion; all time without the waits.</summary>
    public int ResponseWorking { get; private set; }
    public int OursUntilCompleted { get; private set; }
    public int OursUntilEnded { get; private set; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Ticket.Id} {_urgency} due {Due:u}, passes {PassesAt:u}, ticket due {Ticket.DueAt:u} left {Ticket.PausedLeftMinutes}: ")
        + string.Join(", ", _told.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.At:MM-dd HH:mm} {e.Verb} {e.Code} {e.To}")));

    /// <summary>An undo takes back the entry just before it.</summary>
    private static List<RepairEvent> WithoutUndone(List<RepairEvent> told)
    {
        List<RepairEvent> valid = [];
        foreach (var e in told)
        {
            if (e.Verb == RepairVerb.Undo) valid.RemoveAt(valid.Count - 1);
            else valid.Add(e);
        }
        return valid;
    }

    private void TellEnd()
    {
        if (_log is { } log && log.Status.IsEnded())
        {
            // In the month in which it came in, where the log does not know better.
            Ended = log.EndedAt >= Submitted ? log.EndedAt : Submitted;
            if (log.Status == TicketStatus.Closed) (Completed, IsKnown) = (Ended, log.EndedAt >= Submitted);
            return;
        }
        if (Status.IsEnded()) Ended = _valid.Last(e => e.Verb is RepairVerb.Verify or RepairVerb.Reject or RepairVerb.Cancel).At;
        if (Status is TicketStatus.Completed or TicketStatus.Closed) (Completed, IsKnown) = (_valid.Last(e => e.Verb == RepairVerb.Complete).At, true);
    }

    /// <summary>The first time that somebody looked at it or told the reporter something; not what was said when it was over.</summary>
    private void TellResponse()
    {
        if (!HasLimits) return;
        Responded = _valid.Find(e => e.Verb is not (RepairVerb.Submit or RepairVerb.Import)
            && (e.To is not (TicketStatus.New or TicketStatus.Cancelled)
                || (e is { Verb: RepairVerb.Comment, Internal: false } && e.ActorId != Ticket.ReporterId)))?.At;
        if (Responded > Ended) Responded = null;
        ResponseDue = Calendar(UrgencyBefore(Responded)).Reached(Submitted, Level(UrgencyBefore(Responded)).ResponseMinutes, _ => false);
        if (Responded is { } at) ResponseWorking = Calendar(Ticket.Urgency).Between(Submitted, at);
    }

    private void TellAssignment(Dictionary<long, long> centres)
    {
        (CrewId, TechnicianId) = (_log?.CrewId, _log?.TechnicianId);
        foreach (var e in _valid)
        {
            if (e.Verb == RepairVerb.Transfer || (e.Verb == RepairVerb.Assign && CrewId is { } before && before != e.CrewId)) Transfers++;
            if (e.Verb is RepairVerb.Assign or RepairVerb.Transfer) (CrewId, TechnicianId) = (e.CrewId, e.PersonId);
            if (e.Verb == RepairVerb.Take) TechnicianId = e.ActorId;
            if (e.Verb == RepairVerb.Decline) (CrewId, TechnicianId) = (null, null);
        }
        CentreId = CrewId is { } crew ? centres[crew] : null;
    }

    private void TellExtensions()
    {
        foreach (var e in _valid)
        {
            if (e.Verb == RepairVerb.RequestExtension) Extensions.Add((e.At, LimitAt(e.At) is { } due && due <= e.At, null));
            if (e is { Verb: RepairVerb.DecideExtension, Code: "Granted" }) Extensions[^1] = Extensions[^1] with { GrantedAt = e.At };
        }
    }

    private void TellLimits()
    {
        if (!HasLimits) return;
        Due = LimitOf(_valid, isOnHold: false)!.Value;
        PassesAt = LimitOf(_valid, Status == TicketStatus.OnHold);
    }

    private DateTimeOffset? LimitAt(DateTimeOffset moment)
    {
        List<RepairEvent> until = [.. _valid.Where(e => e.At < moment)];
        return LimitOf(until, until[^1].To == TicketStatus.OnHold);
    }

    /// <summary>
    /// The limit after these events: the minutes of the level and of what was granted in time are counted while it was neither on hold nor
    /// waiting for an acceptance that was refused. Null when it is on hold before that.
    /// </summary>
    private DateTimeOffset? LimitOf(List<RepairEvent> events, bool isOnHold)
    {
        List<(DateTimeOffset From, DateTimeOffset To)> waits = [];
        DateTimeOffset? since = null;
        var granted = 0;
        foreach (var e in events)
        {
            if (since is null && e.To is TicketStatus.OnHold or TicketStatus.Completed && e.From != e.To) since = e.At;
            if (since is { } from && e.From is TicketStatus.OnHold or TicketStatus.Completed && e.To != e.From)
            {
                if (e.To != TicketStatus.Closed) waits.Add((from, e.At));
                since = null;
            }
            if (e is { Verb: RepairVerb.DecideExtension, Code: "Granted" })
            {
                var asked = events.Last(a => a.Verb == RepairVerb.RequestExtension && a.At < e.At);
                if (LimitAt(asked.At) is not { } due || due > asked.At) granted += int.Parse(asked.Code!.Split('.')[0], CultureInfo.InvariantCulture);
            }
        }
        var urgency = UrgencyBefore(events[^1].At.AddMinutes(1));
        var limit = Calendar(urgency).Reached(Submitted, Level(urgency).CompletionMinutes + granted, m => waits.Exists(w => w.From <= m && m < w.To));
        return isOnHold && limit > since ? null : limit;
    }

    private void TellTimes()
    {
        if (!IsKnown || Completed is not { } completed) return;
        OursUntilCompleted = Sum(Calendar(Ticket.Urgency), completed);
        OursUntilEnded = Sum(_always, Ended ?? completed);

        // What really happened counts, also what was undone a moment later.
        int Sum(MinuteCalendar calendar, DateTimeOffset end)
        {
            var (sum, from, isOurs) = (0, Submitted, true);
            if (_log is { } log && log.Status.IsEnded()) return calendar.Between(Submitted, end);
            foreach (var e in _told.Where(e => e.From != e.To))
            {
                var to = e.At < end ? e.At : end;
                if (isOurs) sum += calendar.Between(from, to);
                (from, isOurs) = (to, e.To is not (TicketStatus.OnHold or TicketStatus.Completed) && !e.To.IsEnded());
            }
            return sum;
        }
    }

    private void TellRating(HashSet<long> staff)
    {
        if (_valid.LastOrDefault(e => e.Verb == RepairVerb.Rate) is not { ActorId: { } rater } rate || rater != Ticket.ReporterId) return;
        if (Ticket.FiledById is not null && staff.Contains(rater)) return;
        Stars = int.Parse(rate.Code!, CultureInfo.InvariantCulture);
    }

    private HoldReason LastHold() => Enum.Parse<HoldReason>(_valid.Last(e => e.Verb == RepairVerb.Hold).Code!);

    /// <summary>Everything that happens before the moment, or all of it.</summary>
    private Urgency UrgencyBefore(DateTimeOffset? moment)
    {
        var changes = _valid.Where(e => e.Verb == RepairVerb.ChangeUrgency).ToList();
        if (changes.LastOrDefault(e => moment is null || e.At < moment) is { } last) return Enum.Parse<Urgency>(last.Code!);
        return _urgency;
    }

    private ServiceLevel Level(Urgency urgency) => _clocks.LevelOf(urgency, Ticket.CategoryId, Submitted);

    private MinuteCalendar Calendar(Urgency urgency) => Level(urgency).RoundTheClock ? _always : _office;
}
