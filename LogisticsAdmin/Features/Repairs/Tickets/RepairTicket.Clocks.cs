using System.Globalization;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// The ticket's two clocks. Verbs only note what happened; <see cref="RecalculateDeadlines"/> counts every moment anew from that, so that whatever
/// changes — urgency, holds, calendar, level — pause time is never lost.
/// </summary>
public sealed partial class RepairTicket
{
    /// <summary>The level in force when it was submitted, for its urgency and category.</summary>
    public long? ServiceLevelId { get; private set; }

    public DateTimeOffset ResponseDueAt { get; private set; }

    /// <summary>When the office first judged, assigned or answered it; 响应.</summary>
    public DateTimeOffset? RespondedAt { get; private set; }

    /// <summary>The response limit passed before anyone responded; stays once it has, for the figures.</summary>
    public bool IsResponseLate { get; private set; }

    /// <summary>办结: while it is paused, where it would stand had the work gone on.</summary>
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? OverdueSince { get; private set; }

    /// <summary>While paused, the minutes of its clock that remain; null while it runs.</summary>
    public int? PausedLeftMinutes { get; private set; }

    /// <summary>延期: minutes granted beyond the level so far.</summary>
    public int ExtraMinutes { get; private set; }

    /// <summary>Minutes asked for and not yet decided.</summary>
    public int? AskedMinutes { get; private set; }

    /// <summary>超时申请: asked for after the limit, so that it counts as overdue whatever is decided.</summary>
    public bool AskedLate { get; private set; }

    /// <summary>What a late extension promised the reporter; the limit itself does not move any more.</summary>
    public DateTimeOffset? PromisedAt { get; private set; }

    /// <summary>The offset in minutes of the last escalation step taken on each clock; a step is never taken twice.</summary>
    public int? ResponseStep { get; private set; }
    public int? CompletionStep { get; private set; }

    /// <summary>The moment at which the tick must look at it again; null when time alone changes nothing.</summary>
    public DateTimeOffset? WatchAt { get; private set; }

    /// <summary>Past a limit and still owed; stored, so that a list of them needs no scan.</summary>
    public bool IsOverdue { get; private set; }

    public IReadOnlyCollection<RepairPause> Pauses => _pauses;

    /// <summary>Paused before its limit; one that was paused after it stays overdue.</summary>
    private bool IsPaused => PausedLeftMinutes > 0;

    private bool AwaitsResponse => RespondedAt is null && Status.IsOpen();

    /// <summary>延期申请 by the technician; the state stays. Asked after the limit it counts as overdue.</summary>
    public void RequestExtension(long actorId, int minutes, string reason, DateTimeOffset at)
    {
        Demand(RepairVerb.RequestExtension);
        if (AskedMinutes is not null) throw Rejected.Because<RepairsText>("ExtensionPending");
        (AskedMinutes, AskedLate) = (minutes, OverdueSince is not null || (!IsPaused && DueAt <= at));
        Write(RepairVerb.RequestExtension, actorId, at, Status, e => (e.Code, e.Note) = (Code(minutes), reason));
    }

    /// <summary>A manager grants or declines it. Granted in time it moves the limit; granted late it is a promise only.</summary>
    public void DecideExtension(long actorId, bool granted, string? note, ServiceClock clocks, DateTimeOffset at)
    {
        Demand(RepairVerb.DecideExtension);
        if (AskedMinutes is not { } minutes) throw Rejected.Because<RepairsText>("NoExtension");
        if (granted && AskedLate) PromisedAt = clocks.TimeOf(Level(clocks)).Add(at, TimeSpan.FromMinutes(minutes));
        else if (granted) (ExtraMinutes, CompletionStep) = (ExtraMinutes + minutes, null);
        AskedMinutes = null;
        Write(RepairVerb.DecideExtension, actorId, at, Status, e => (e.Code, e.Note) = ((granted ? Decision.Granted : Decision.Declined).ToString(), note));
    }

    /// <summary>Counts both limits anew and says when time must look again. What ended or is completed keeps what was true.</summary>
    public void RecalculateDeadlines(ServiceClock clocks, DateTimeOffset now)
    {
        if (Status.IsOpen())
        {
            var level = Level(clocks);
            var time = clocks.TimeOf(level);
            ServiceLevelId = level.Id;
            if (RespondedAt is null) ResponseDueAt = time.Add(SubmittedAt, level.Response);
            (DueAt, var left) = ServiceClock.Due(time, SubmittedAt, level.Completion + TimeSpan.FromMinutes(ExtraMinutes),
                _pauses.Select(p => new ClockPause(p.From, p.To)));
            PausedLeftMinutes = left is { } rest ? (int)Math.Ceiling(rest.TotalMinutes) : null;
            if (DueAt > now || left > TimeSpan.Zero) OverdueSince = null;
            if (ResponseDueAt > now && RespondedAt is null) IsResponseLate = false;
        }
        else
        {
            PausedLeftMinutes = null;
        }
        UpdatePressing();
        WatchAt = NextWatchAt(clocks, now);
    }

    /// <summary>
    /// Does what time alone does by now: notes that a limit passed, and takes the escalation steps that are due, each once; outside
    /// the hours of its clock nobody is disturbed, and the steps wait. Returns those taken.
    /// </summary>
    public IReadOnlyList<EscalationStep> ApplyElapsedTime(ServiceClock clocks, DateTimeOffset now)
    {
        if (!Status.IsOpen()) return [];
        if (AwaitsResponse && !IsResponseLate && ResponseDueAt <= now) BecomeOverdue(ClockKind.Response, now);
        if (!IsPaused && OverdueSince is null && DueAt <= now) BecomeOverdue(ClockKind.Completion, now);
        List<EscalationStep> taken = [];
        if (IsOutsideHours(clocks, now)) return taken;
        foreach (var (step, at) in StepsAhead(clocks).Where(s => s.At <= now).ToList())
        {
            taken.Add(step);
            if (step.Clock == ClockKind.Response) ResponseStep = step.OffsetMinutes;
            else CompletionStep = step.OffsetMinutes;
            Write(RepairVerb.Escalate, null, now, Status, e => (e.Code, e.Internal) = ($"{step.Clock}.{step.Audience}", true));
        }
        return taken;
    }

    /// <summary>The house notes that a limit passed, once; one that moved into the future may pass again.</summary>
    internal void BecomeOverdue(ClockKind clock, DateTimeOffset at)
    {
        Demand(RepairVerb.BecomeOverdue);
        var isAgain = clock == ClockKind.Response ? IsResponseLate : OverdueSince is not null;
        if (isAgain || (clock == ClockKind.Response ? ResponseDueAt : DueAt) > at) throw Rejected.Because<RepairsText>("NotOverdue");
        if (clock == ClockKind.Response) IsResponseLate = true;
        else OverdueSince = DueAt;
        Write(RepairVerb.BecomeOverdue, null, at, Status, e => e.Code = clock.ToString());
    }

    /// <summary>Of a log that came in: what is late already is not news to anybody.</summary>
    private void MarkLateAtImport(ServiceClock clocks, DateTimeOffset at)
    {
        if (ResponseDueAt <= at) (IsResponseLate, ResponseStep) = (true, int.MaxValue);
        if (DueAt <= at)
        {
            CompletionStep = int.MaxValue;
            BecomeOverdue(ClockKind.Completion, at);
        }
        WatchAt = NextWatchAt(clocks, at);
    }

    private ServiceLevel Level(ServiceClock clocks) => clocks.LevelOf(Urgency, CategoryId, SubmittedAt);

    private bool IsOutsideHours(ServiceClock clocks, DateTimeOffset now) => !clocks.TimeOf(Level(clocks)).IsWorking(now);

    private IEnumerable<(EscalationStep Step, DateTimeOffset At)> StepsAhead(ServiceClock clocks)
    {
        var time = clocks.TimeOf(Level(clocks));
        var response = AwaitsResponse ? clocks.Steps(ClockKind.Response, time, ResponseDueAt, ResponseStep) : [];
        var completion = PausedLeftMinutes is null ? clocks.Steps(ClockKind.Completion, time, DueAt, CompletionStep) : [];
        return response.Concat(completion);
    }

    private DateTimeOffset? NextWatchAt(ServiceClock clocks, DateTimeOffset now)
    {
        if (Status == TicketStatus.Completed) return CompletedAt + CampusRules.VerifyWithin;
        if (!Status.IsOpen()) return null;
        List<DateTimeOffset> looks = [];
        if (AwaitsResponse && !IsResponseLate) looks.Add(ResponseDueAt);
        if (!IsPaused && OverdueSince is null) looks.Add(DueAt);
        foreach (var (_, at) in StepsAhead(clocks)) looks.Add(at <= now && IsOutsideHours(clocks, now) ? clocks.TimeOf(Level(clocks)).NextOpening(now) : at);
        return looks.Count == 0 ? null : looks.Min();
    }

    /// <summary>Leaving New by the office's hand is a response, and so is its public answer.</summary>
    private void Respond(RepairVerb verb, DateTimeOffset at)
    {
        if (verb is RepairVerb.Submit or RepairVerb.Import) return;
        if (Status is not (TicketStatus.New or TicketStatus.Cancelled) || AnsweredAt is not null) RespondedAt ??= at;
        if (Status is not (TicketStatus.Taken or TicketStatus.InProgress or TicketStatus.OnHold)) AskedMinutes = null;
    }

    private void UpdatePressing()
    {
        IsOverdue = Status.IsOpen() && (OverdueSince is not null || (IsResponseLate && RespondedAt is null));
        Pressing = Status switch
        {
            TicketStatus.OnHold => Rank(2, (_pauses.Find(p => p.To is null)?.From ?? LastEventAt).UtcTicks),
            _ when Status.IsOpen() => Rank(Urgency == Urgency.Emergency ? 0 : 1, (AwaitsResponse && ResponseDueAt < DueAt ? ResponseDueAt : DueAt).UtcTicks),
            TicketStatus.Completed => Rank(3, CompletedAt!.Value.UtcTicks),
            _ => PressingOfEnd(EndedAt ?? SubmittedAt),
        };
        if (!Status.IsOpen()) WatchAt = Status == TicketStatus.Completed ? CompletedAt + CampusRules.VerifyWithin : null;
    }

    /// <summary>What is ended stands behind everything else, the latest end first.</summary>
    internal static long PressingOfEnd(DateTimeOffset at) => Rank(4, DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks);

    private static long Rank(int rank, long ticks) => ((long)rank << 60) + (ticks >> 2);

    private static string Code(int minutes) => minutes.ToString(CultureInfo.InvariantCulture);
}
