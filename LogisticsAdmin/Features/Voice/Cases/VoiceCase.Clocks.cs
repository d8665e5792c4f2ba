using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// The two limits of a case. Verbs only record what happened; <see cref="Recalculate"/> computes the limits from that every time, so that a changed
/// calendar reaches every open case.
/// </summary>
public sealed partial class VoiceCase
{
    /// <summary>From when the limit of settling runs: sent, reopened or appealed.</summary>
    public DateTimeOffset ClockFrom { get; private set; }
    public DateTimeOffset AnswerDueAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>The limit that the office set instead; null for that of the level.</summary>
    public DateTimeOffset? ExtendedTo { get; private set; }

    /// <summary>Whether the limit of the first answer passed before there was one. Stays true, for the figures.</summary>
    public bool IsAnswerLate { get; private set; }
    public DateTimeOffset? OverdueSince { get; private set; }

    /// <summary>Whether a limit of an open case has passed.</summary>
    public bool IsLate { get; private set; }

    /// <summary>The offset in minutes of the last step of escalation taken on each clock.</summary>
    public int? AnswerStep { get; private set; }
    public int? SettleStep { get; private set; }

    /// <summary>When time-driven work on the case is next due; null if nothing depends on time alone.</summary>
    public DateTimeOffset? WatchAt { get; private set; }

    /// <summary>The sort key of the list: open cases by their next limit, then settled ones, then ended ones.</summary>
    public long Pressing { get; private set; }

    private bool AwaitsAnswer => FirstAnsweredAt is null && State.IsOpen();

    /// <summary>Recalculates both limits and the next time to check. Settled and ended cases keep their limits.</summary>
    public void Recalculate(VoiceTimes times, DateTimeOffset now)
    {
        if (State.IsOpen())
        {
            var level = times.LevelAt(SubmittedAt);
            if (FirstAnsweredAt is null) AnswerDueAt = times.AnswerDue(SubmittedAt, level);
            DueAt = ExtendedTo ?? times.SettleDue(ClockFrom, level);
            if (DueAt > now) OverdueSince = null;
            if (AnswerDueAt > now && FirstAnsweredAt is null) IsAnswerLate = false;
        }
        UpdatePressing();
        WatchAt = NextWatchAt(times, now);
    }

    /// <summary>
    /// Applies what is due because of time alone: records passed limits once, takes due steps of escalation once, and closes what nobody objected
    /// to. Returns the steps taken.
    /// </summary>
    public IReadOnlyList<EscalationStep> ApplyElapsedTime(VoiceTimes times, DateTimeOffset now)
    {
        if (State == VoiceState.Settled && SettledAt?.AddDays(VoiceLimits.AnswerDays) <= now) Close(now);
        if (!State.IsOpen()) return [];
        if (AwaitsAnswer && !IsAnswerLate && AnswerDueAt <= now) BecomeLate(ClockKind.Response, now);
        if (OverdueSince is null && DueAt <= now) BecomeLate(ClockKind.Completion, now);
        List<EscalationStep> taken = [];
        foreach (var (step, _) in StepsAhead(times).Where(s => s.At <= now && times.TimeOf(s.Step.Clock).IsWorking(now)).ToList())
        {
            taken.Add(step);
            if (step.Clock == ClockKind.Response) AnswerStep = step.OffsetMinutes;
            else SettleStep = step.OffsetMinutes;
            AddEvent(VoiceVerb.Remind, VoiceSide.System, null, now, State, e => (e.Code, e.IsInternal) = ($"{step.Clock}.{step.Audience}", true));
        }
        return taken;
    }

    /// <summary>Records, once, that a limit has passed.</summary>
    internal void BecomeLate(ClockKind clock, DateTimeOffset at)
    {
        Demand(VoiceVerb.BecomeLate);
        var isAgain = clock == ClockKind.Response ? IsAnswerLate || FirstAnsweredAt is not null : OverdueSince is not null;
        if (isAgain || (clock == ClockKind.Response ? AnswerDueAt : DueAt) > at) throw Rejected.Because<VoiceText>("NotLate");
        if (clock == ClockKind.Response) IsAnswerLate = true;
        else OverdueSince = DueAt;
        AddEvent(VoiceVerb.BecomeLate, VoiceSide.System, null, at, State, e => (e.Code, e.IsInternal) = (clock.ToString(), true));
    }

    /// <summary>None of a grouped case: its lead escalates for the group. It takes them itself once it goes on alone.</summary>
    private IEnumerable<(EscalationStep Step, DateTimeOffset At)> StepsAhead(VoiceTimes times) => LeadId is not null ? []
        : (AwaitsAnswer ? times.Steps(ClockKind.Response, AnswerDueAt, AnswerStep) : [])
        .Concat(times.Steps(ClockKind.Completion, DueAt, SettleStep));

    private DateTimeOffset? NextWatchAt(VoiceTimes times, DateTimeOffset now)
    {
        if (State == VoiceState.Settled) return SettledAt?.AddDays(VoiceLimits.AnswerDays);
        if (!State.IsOpen()) return null;
        List<DateTimeOffset> moments = [];
        if (AwaitsAnswer && !IsAnswerLate) moments.Add(AnswerDueAt);
        if (OverdueSince is null) moments.Add(DueAt);
        foreach (var (step, at) in StepsAhead(times))
        {
            var time = times.TimeOf(step.Clock);
            moments.Add(at <= now && !time.IsWorking(now) ? time.NextOpening(now) : at);
        }
        return moments.Count == 0 ? null : moments.Min();
    }

    private void UpdatePressing()
    {
        IsLate = State.IsOpen() && (OverdueSince is not null || (IsAnswerLate && FirstAnsweredAt is null));
        Pressing = State switch
        {
            _ when State.IsOpen() => Rank(1, (AwaitsAnswer && AnswerDueAt < DueAt ? AnswerDueAt : DueAt).UtcTicks),
            VoiceState.Settled => Rank(2, (SettledAt ?? LastEventAt).UtcTicks),
            _ => Rank(3, DateTimeOffset.MaxValue.UtcTicks - (EndedAt ?? LastEventAt).UtcTicks),
        };
    }

    private static long Rank(int rank, long ticks) => ((long)rank << 60) + (ticks >> 2);
}
