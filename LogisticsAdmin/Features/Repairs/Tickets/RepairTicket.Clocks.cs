using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// The ticket's two clocks. Verbs only record what happened; <see cref="RecalculateDeadlines"/> computes every time from these records, so
/// that no pause is lost when urgency, holds, calendar or level change.
/// </summary>
public sealed partial class RepairTicket
{
    /// <summary>The level in force when it was submitted, for its urgency and category.</summary>
    public long? ServiceLevelId { get; private set; }

    public DateTimeOffset ResponseDueAt { get; private set; }

    /// <summary>When the office first triaged, assigned or answered the ticket (响应).</summary>
    public DateTimeOffset? RespondedAt { get; private set; }

    /// <summary>Whether the response limit passed before anyone responded. Stays true after a late response, for the statistics.</summary>
    public bool IsResponseLate { get; private set; }

    /// <summary>The completion limit (办结). While the ticket is paused, the limit it would have if the work had gone on.</summary>
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? OverdueSince { get; private set; }

    /// <summary>The minutes left until the completion limit while the ticket is paused; null while the clock runs.</summary>
    public int? PausedLeftMinutes { get; private set; }

    /// <summary>延期: minutes granted beyond the level so far.</summary>
    public int ExtraMinutes { get; private set; }

    /// <summary>The minutes of an extension request that is not yet decided.</summary>
    public int? AskedMinutes { get; private set; }

    /// <summary>超时申请: the extension was requested after the limit, so that the ticket counts as overdue whatever is decided.</summary>
    public bool AskedLate { get; private set; }

    /// <summary>The time that a late extension promised the reporter; the limit itself no longer changes.</summary>
    public DateTimeOffset? PromisedAt { get; private set; }

    /// <summary>The offset in minutes of the last escalation step taken on each clock; a step is never taken twice.</summary>
    public int? ResponseStep { get; private set; }
    public int? CompletionStep { get; private set; }

    /// <summary>When time-driven work on the ticket is next due; null if no change depends on time alone.</summary>
    public DateTimeOffset? WatchAt { get; private set; }

    /// <summary>Whether a limit of an open ticket has passed. Stored, so that overdue tickets are found without a scan.</summary>
    public bool IsOverdue { get; private set; }

    public IReadOnlyCollection<RepairPause> Pauses => _pauses;

    /// <summary>Whether it was paused before its limit; one that was paused later stays overdue.</summary>
    private bool IsPaused => PausedLeftMinutes > 0;

    private bool AwaitsResponse => RespondedAt is null && Status.IsOpen();

    /// <summary>延期申请 by the technician; the status stays. A request after the limit makes the ticket count as overdue.</summary>
    public void RequestExtension(long actorId, int minutes, string reason, DateTimeOffset at)
    {
        Demand(RepairVerb.RequestExtension);
        if (AskedMinutes is not null) throw Rejected.Because<TicketsText>("ExtensionPending");
        (AskedMinutes, AskedLate) = (minutes, IsPastDue(at));
        AddEvent(RepairVerb.RequestExtension, actorId, at, Status, e => (e.Code, e.Note) = (new AskedExtension(minutes, AskedLate).ToString(), reason));
    }

    /// <summary>
    /// A manager grants or declines the request. A request in time moves the limit when granted; a late one only gives a promised time.
    /// </summary>
    public void DecideExtension(long actorId, bool granted, string? note, ServiceClock clocks, DateTimeOffset at)
    {
        Demand(RepairVerb.DecideExtension);
        if (AskedMinutes is not { } minutes) throw Rejected.Because<TicketsText>("NoExtension");
        if (granted && AskedLate) PromisedAt = ExtendedTo(minutes, clocks, at).Time;
        else if (granted) (ExtraMinutes, CompletionStep) = (ExtraMinutes + minutes, null);
        AskedMinutes = null;
        AddEvent(RepairVerb.DecideExtension, actorId, at, Status, e => (e.Code, e.Note) = ((granted ? Decision.Granted : Decision.Declined).ToString(), note));
    }

    /// <summary>
    /// What an extension by this much would give if it were granted now: the new limit, or the time that is promised to the reporter where it
    /// was or would be requested after the limit. While the ticket is on hold, the limit it would have if the work went on.
    /// </summary>
    public (DateTimeOffset Time, bool IsPromise) ExtendedTo(int minutes, ServiceClock clocks, DateTimeOffset at)
    {
        var time = clocks.TimeOf(Level(clocks));
        return (AskedMinutes is null ? IsPastDue(at) : AskedLate)
            ? (time.Add(at, TimeSpan.FromMinutes(minutes)), true)
            : (Due(clocks, ExtraMinutes + minutes).DueAt, false);
    }

    /// <summary>Recalculates both limits and the next time to check. Ended and completed tickets keep their limits.</summary>
    public void RecalculateDeadlines(ServiceClock clocks, DateTimeOffset now)
    {
        if (Status.IsOpen())
        {
            var level = Level(clocks);
            var time = clocks.TimeOf(level);
            ServiceLevelId = level.Id;
            if (RespondedAt is null) ResponseDueAt = time.Add(SubmittedAt, level.Response);
            (DueAt, var left) = Due(clocks, ExtraMinutes);
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
    /// Applies what is due because of time alone: records passed limits and takes due escalation steps, each once. Outside the hours of the
    /// ticket's clock the steps wait, so that nobody is disturbed. Returns the steps taken.
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
            AddEvent(RepairVerb.Escalate, null, now, Status, e => (e.Code, e.Internal) = ($"{step.Clock}.{step.Audience}", true));
        }
        return taken;
    }

    /// <summary>The system records, once, that a limit has passed. A limit that moved into the future may pass again.</summary>
    internal void BecomeOverdue(ClockKind clock, DateTimeOffset at)
    {
        Demand(RepairVerb.BecomeOverdue);
        var isAgain = clock == ClockKind.Response ? IsResponseLate : OverdueSince is not null;
        if (isAgain || (clock == ClockKind.Response ? ResponseDueAt : DueAt) > at) throw Rejected.Because<TicketsText>("NotOverdue");
        if (clock == ClockKind.Response) IsResponseLate = true;
        else OverdueSince = DueAt;
        AddEvent(RepairVerb.BecomeOverdue, null, at, Status, e => e.Code = clock.ToString());
    }

    /// <summary>Marks limits of an imported ticket that passed before the import, so that nobody is notified of them.</summary>
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

    private bool IsPastDue(DateTimeOffset at) => OverdueSince is not null || (!IsPaused && DueAt <= at);

    private (DateTimeOffset DueAt, TimeSpan? Left) Due(ServiceClock clocks, int extraMinutes)
    {
        var level = Level(clocks);
        return ServiceClock.Due(clocks.TimeOf(level), SubmittedAt, level.Completion + TimeSpan.FromMinutes(extraMinutes),
            _pauses.Select(p => new ClockPause(p.From, p.To)));
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
        List<DateTimeOffset> moments = [];
        if (AwaitsResponse && !IsResponseLate) moments.Add(ResponseDueAt);
        if (!IsPaused && OverdueSince is null) moments.Add(DueAt);
        foreach (var (_, at) in StepsAhead(clocks)) moments.Add(at <= now && IsOutsideHours(clocks, now) ? clocks.TimeOf(Level(clocks)).NextOpening(now) : at);
        return moments.Count == 0 ? null : moments.Min();
    }

    /// <summary>A ticket counts as responded to when it leaves New, except by cancellation, or when the reporter gets an answer.</summary>
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

    /// <summary>Sorts ended tickets after all others, the latest end first.</summary>
    internal static long PressingOfEnd(DateTimeOffset at) => Rank(4, DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks);

    private static long Rank(int rank, long ticks) => ((long)rank << 60) + (ticks >> 2);
}
