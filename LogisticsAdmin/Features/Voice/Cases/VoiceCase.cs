using System.Globalization;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// 诉求: a complaint, suggestion, appeal or praise. Each verb refuses states in which it is not allowed and writes its entry of the timeline. Who may
/// perform it is decided by <see cref="VoiceAccess"/> before. It does not know who sent it.
/// </summary>
public sealed partial class VoiceCase : Versioned, ISearchable
{
    private readonly List<VoiceEvent> _events = [];

    private VoiceCase() { }

    public string Number { get; private set; } = "";
    public VoiceKind Kind { get; private set; }
    public VoiceState State { get; private set; } = VoiceState.New;
    public string Text { get; private set; } = "";

    /// <summary>匿名: the office does not see who sent it.</summary>
    public bool IsAnonymous { get; private set; }
    public long? CentreId { get; private set; }
    public long? CrewId { get; private set; }
    public long? BuildingId { get; private set; }
    public long? RoomId { get; private set; }
    public string PlaceWords { get; private set; } = "";

    /// <summary>The thing it is about: the kind and key of a <see cref="Registries.IComplaintSubject"/>.</summary>
    public string? SubjectKind { get; private set; }
    public string? SubjectKey { get; private set; }
    public Guid? SubmissionKey { get; private set; }

    /// <summary>首问: who took it first is responsible until they hand it over.</summary>
    public long? OwnerId { get; private set; }

    /// <summary>The lead case of the same matter, whose answers reach this one.</summary>
    public long? LeadId { get; private set; }

    /// <summary>How many cases are grouped under this one.</summary>
    public int Members { get; private set; }
    public bool IsEscalated { get; private set; }
    public DateTimeOffset SubmittedAt { get; private set; }
    public DateTimeOffset? FirstAnsweredAt { get; private set; }

    /// <summary>When the office last said what was done; null while it works on the case.</summary>
    public DateTimeOffset? SettledAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public DateTimeOffset LastEventAt { get; private set; }
    public int EventCount { get; private set; }
    public int Extensions { get; private set; }
    public int Reopenings { get; private set; }
    public DateTimeOffset? AppealedAt { get; private set; }

    /// <summary>Whether the manager agreed with the appeal; null before the decision.</summary>
    public bool? IsUpheld { get; private set; }

    /// <summary>What the reporter said last; null when they said nothing.</summary>
    public bool? IsSolved { get; private set; }
    public Satisfaction? Satisfaction { get; private set; }
    public DateTimeOffset? RatedAt { get; private set; }

    public IReadOnlyCollection<VoiceEvent> Events => _events;

    public string SearchText => SearchTextOf(Number, Text, PlaceWords);

    internal static string SearchTextOf(string number, string text, string placeWords) => $"{number} {text} {placeWords}";

    /// <summary>Sent by its reporter, or by the colleague who recorded it on their behalf (代报) and owns it from then on.</summary>
    public static VoiceCase Submit(string number, VoiceReport report, DateTimeOffset at, long? recordedById = null)
    {
        var sent = new VoiceCase
        {
            Number = number,
            Kind = report.Kind,
            Text = report.Text,
            IsAnonymous = report.IsAnonymous,
            CentreId = report.CentreId,
            CrewId = report.CrewId,
            BuildingId = report.BuildingId,
            RoomId = report.RoomId,
            PlaceWords = report.PlaceWords,
            SubjectKind = report.SubjectKind,
            SubjectKey = report.SubjectKey,
            SubmissionKey = report.SubmissionKey,
            OwnerId = recordedById,
            SubmittedAt = at,
            ClockFrom = at,
        };
        sent.AddEvent(VoiceVerb.Submit, recordedById is null ? VoiceSide.Reporter : VoiceSide.Office, recordedById, at, VoiceState.New);
        return sent;
    }

    /// <summary>Whoever takes it first owns it; a second one is refused.</summary>
    public VoiceEvent Take(long actorId, DateTimeOffset at)
    {
        Demand(VoiceVerb.Take);
        if (OwnerId is not null) throw Rejected.Because<VoiceText>("TakenAlready");
        OwnerId = actorId;
        return ByOffice(VoiceVerb.Take, actorId, at, State, e => e.IsInternal = true);
    }

    /// <summary>A public answer; the first one makes the case answered.</summary>
    public VoiceEvent Reply(long actorId, string text, DateTimeOffset at)
    {
        Demand(VoiceVerb.Reply);
        OwnerId ??= actorId;
        FirstAnsweredAt ??= at;
        return ByOffice(VoiceVerb.Reply, actorId, at, State == VoiceState.New ? VoiceState.Answered : State, e => e.Note = text);
    }

    public VoiceEvent WriteNote(long actorId, string text, DateTimeOffset at)
    {
        Demand(VoiceVerb.Note);
        return ByOffice(VoiceVerb.Note, actorId, at, State, e => (e.Note, e.IsInternal) = (text, true));
    }

    public VoiceEvent Add(string text, DateTimeOffset at)
    {
        Demand(VoiceVerb.Add);
        return ByReporter(VoiceVerb.Add, at, State, e => e.Note = text);
    }

    public VoiceEvent HandOver(long actorId, long toPersonId, string? note, DateTimeOffset at)
    {
        Demand(VoiceVerb.HandOver);
        if (OwnerId == toPersonId) throw Rejected.Because<VoiceText>("OwnedAlready");
        OwnerId = toPersonId;
        return ByOffice(VoiceVerb.HandOver, actorId, at, State, e => (e.PersonId, e.Note, e.IsInternal) = (toPersonId, note, true));
    }

    public VoiceEvent Escalate(long actorId, string reason, DateTimeOffset at)
    {
        Demand(VoiceVerb.Escalate);
        if (IsEscalated) throw Rejected.Because<VoiceText>("EscalatedAlready");
        OwnerId ??= actorId;
        IsEscalated = true;
        return ByOffice(VoiceVerb.Escalate, actorId, at, State, e => (e.Note, e.IsInternal) = (reason, true));
    }

    /// <summary>A later limit, which the reporter reads with the reason. What was late stays late.</summary>
    public VoiceEvent Extend(long actorId, DateTimeOffset until, string reason, DateTimeOffset at)
    {
        Demand(VoiceVerb.Extend);
        if (Extensions >= VoiceLimits.Extensions) throw Rejected.Because<VoiceText>("ExtendedTooOften", VoiceLimits.Extensions);
        if (until <= DueAt || until <= at) throw Rejected.At<VoiceText>("Until", "NotLater");
        if (until > (DueAt > at ? DueAt : at).AddDays(VoiceLimits.ExtensionDays)) throw Rejected.At<VoiceText>("Until", "TooLate", VoiceLimits.ExtensionDays);
        if (OverdueSince is null && DueAt <= at) BecomeLate(ClockKind.Completion, at);
        OwnerId ??= actorId;
        (ExtendedTo, SettleStep) = (until, null);
        Extensions++;
        var code = until.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        return ByOffice(VoiceVerb.Extend, actorId, at, State, e => (e.Code, e.Note) = (code, reason));
    }

    public VoiceEvent Correct(long actorId, VoiceKind kind, long? centreId, long? crewId, DateTimeOffset at)
    {
        Demand(VoiceVerb.Correct);
        if ((Kind, CentreId, CrewId) == (kind, centreId, crewId)) throw Rejected.Because<VoiceText>("NothingChanged");
        (Kind, CentreId, CrewId) = (kind, centreId, crewId);
        return ByOffice(VoiceVerb.Correct, actorId, at, State, e => (e.Code, e.IsInternal) = (kind.ToString(), true));
    }

    /// <summary>Says what was done; the reporter is asked whether it is solved.</summary>
    public VoiceEvent Settle(long actorId, string text, DateTimeOffset at)
    {
        Demand(VoiceVerb.Settle);
        OwnerId ??= actorId;
        FirstAnsweredAt ??= at;
        SettledAt = at;
        return ByOffice(VoiceVerb.Settle, actorId, at, VoiceState.Settled, e => e.Note = text);
    }

    public VoiceEvent Solve(DateTimeOffset at)
    {
        Demand(VoiceVerb.Solve);
        (IsSolved, EndedAt) = (true, at);
        return ByReporter(VoiceVerb.Solve, at, VoiceState.Closed);
    }

    /// <summary>Not solved: the office works on it again, once; afterwards a manager can be asked.</summary>
    public VoiceEvent Reopen(string reason, DateTimeOffset at)
    {
        Demand(VoiceVerb.Reopen);
        if (Reopenings > 0) throw Rejected.Because<VoiceText>("ReopenedAlready");
        Reopenings++;
        (IsSolved, Satisfaction, RatedAt) = (false, null, null);
        Restart(at);
        return ByReporter(VoiceVerb.Reopen, at, VoiceState.Reopened, e => e.Note = reason);
    }

    /// <summary>申诉 to a manager, once, within days after it was settled.</summary>
    public VoiceEvent Appeal(string reason, DateTimeOffset at)
    {
        Demand(VoiceVerb.Appeal);
        if (AppealedAt is not null) throw Rejected.Because<VoiceText>("AppealedAlready");
        if (SettledAt is not { } settled || settled.AddDays(VoiceLimits.AppealDays) < at)
            throw Rejected.Because<VoiceText>("AppealTooLate", VoiceLimits.AppealDays);
        (AppealedAt, IsSolved, EndedAt, Satisfaction, RatedAt) = (at, false, null, null, null);
        Restart(at);
        return ByReporter(VoiceVerb.Appeal, at, VoiceState.Appealed, e => e.Note = reason);
    }

    /// <summary>The manager's word on an appeal, which is final.</summary>
    public VoiceEvent Decide(long actorId, bool isUpheld, string text, DateTimeOffset at)
    {
        Demand(VoiceVerb.Decide);
        OwnerId ??= actorId;
        (IsUpheld, EndedAt, SettledAt) = (isUpheld, at, at);
        return ByOffice(VoiceVerb.Decide, actorId, at, VoiceState.Decided, e => (e.Code, e.Note) = (isUpheld ? "Upheld" : "Dismissed", text));
    }

    public VoiceEvent Rate(Satisfaction satisfaction, DateTimeOffset at)
    {
        Demand(VoiceVerb.Rate);
        if (Satisfaction is not null) throw Rejected.Because<VoiceText>("RatedAlready");
        if (!Enum.IsDefined(satisfaction)) throw Rejected.Because<VoiceText>("RatingUnknown");
        (Satisfaction, RatedAt) = (satisfaction, at);
        return ByReporter(VoiceVerb.Rate, at, State, e => e.Code = satisfaction.ToString());
    }

    public VoiceEvent Withdraw(string? reason, DateTimeOffset at)
    {
        Demand(VoiceVerb.Withdraw);
        EndedAt = at;
        return ByReporter(VoiceVerb.Withdraw, at, VoiceState.Withdrawn, e => e.Note = reason);
    }

    /// <summary>The days for an objection are over. What the reporter said of an earlier answer says nothing about this one.</summary>
    public VoiceEvent Close(DateTimeOffset at)
    {
        Demand(VoiceVerb.Close);
        (IsSolved, EndedAt) = (null, at);
        return AddEvent(VoiceVerb.Close, VoiceSide.System, null, at, VoiceState.Closed);
    }

    /// <summary>The same matter as <paramref name="lead"/>, whose answers reach this case from now on.</summary>
    public VoiceEvent Group(long actorId, VoiceCase lead, DateTimeOffset at)
    {
        Demand(VoiceVerb.Group);
        if (lead == this || lead.Id == Id || lead.LeadId is not null || !lead.State.Allows(VoiceVerb.Group)) throw Rejected.At<VoiceText>("Lead", "NoLead");
        if (LeadId is not null) throw Rejected.Because<VoiceText>("GroupedAlready");
        if (Members > 0) throw Rejected.Because<VoiceText>("LeadsOthers");
        if (lead.Members >= VoiceLimits.Group) throw Rejected.At<VoiceText>("Lead", "GroupIsFull", VoiceLimits.Group);
        (LeadId, OwnerId) = (lead.Id, OwnerId ?? lead.OwnerId ?? actorId);
        lead.Members++;
        return ByOffice(VoiceVerb.Group, actorId, at, State, e => (e.Code, e.IsInternal) = (lead.Number, true));
    }

    public VoiceEvent Ungroup(long actorId, VoiceCase lead, DateTimeOffset at)
    {
        Demand(VoiceVerb.Ungroup);
        if (LeadId is null || LeadId != lead.Id) throw Rejected.Because<VoiceText>("NotGrouped");
        LeadId = null;
        lead.Members--;
        return ByOffice(VoiceVerb.Ungroup, actorId, at, State, e => (e.Code, e.IsInternal) = (lead.Number, true));
    }

    /// <summary>The reporter goes on alone, or the lead is gone: from now on the case stands for itself. The caller counts the lead's members.</summary>
    internal void LeaveGroup() => LeadId = null;

    /// <summary>An administrator opened the name of an anonymous reporter. The entry says that and why, not the name.</summary>
    public VoiceEvent OpenName(long actorId, string reason, DateTimeOffset at)
    {
        Demand(VoiceVerb.OpenName);
        if (!IsAnonymous) throw Rejected.Because<VoiceText>("NotAnonymous");
        return ByOffice(VoiceVerb.OpenName, actorId, at, State, e => e.Note = reason);
    }

    private void Restart(DateTimeOffset at)
    {
        (ClockFrom, ExtendedTo, SettledAt) = (at, null, null);
        (OverdueSince, SettleStep, IsEscalated) = (null, null, false);
    }

    private void Demand(VoiceVerb verb)
    {
        if (!State.Allows(verb)) throw Rejected.Because<VoiceText>("WrongState", State);
    }

    private VoiceEvent ByOffice(VoiceVerb verb, long actorId, DateTimeOffset at, VoiceState to, Action<VoiceEvent>? detail = null) =>
        AddEvent(verb, VoiceSide.Office, actorId, at, to, detail);

    private VoiceEvent ByReporter(VoiceVerb verb, DateTimeOffset at, VoiceState to, Action<VoiceEvent>? detail = null) =>
        AddEvent(verb, VoiceSide.Reporter, null, at, to, detail);

    private VoiceEvent AddEvent(VoiceVerb verb, VoiceSide side, long? actorId, DateTimeOffset at, VoiceState to, Action<VoiceEvent>? detail = null)
    {
        var written = new VoiceEvent(verb, side, actorId, at, State, to);
        detail?.Invoke(written);
        _events.Add(written);
        EventCount++;
        (State, LastEventAt) = (to, at);
        UpdatePressing();
        return written;
    }
}
