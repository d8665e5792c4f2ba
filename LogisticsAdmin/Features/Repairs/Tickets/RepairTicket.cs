using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// 报修单: a request for a repair. Each verb refuses statuses in which it is not allowed and writes its event to the timeline. Who may perform
/// it is decided by <see cref="RepairAccess"/>.
/// </summary>
public sealed partial class RepairTicket : Versioned, ISearchable
{
    /// <summary>The prefix of ticket numbers, as in BX20261122-0001.</summary>
    public const string Series = "BX";

    private readonly List<RepairEvent> _events = [];
    private readonly List<RepairPause> _pauses = [];

    private RepairTicket() { }

    public string Number { get; private set; } = "";
    public TicketStatus Status { get; private set; }
    public TicketStatus? HeldFrom { get; private set; }
    public HoldReason? HeldFor { get; private set; }

    public long RoomId { get; private set; }
    public long BuildingId { get; private set; }
    public long CampusId { get; private set; }

    /// <summary>The names of the place when the fault was reported. Searchable, and unchanged when a room is retired.</summary>
    public string PlaceWords { get; private set; } = "";
    public long CategoryId { get; private set; }
    public Urgency Urgency { get; private set; }
    public string Description { get; private set; } = "";
    public string? ContactPhone { get; private set; }

    /// <summary>The name of a caller without an account, who is shown as the reporter and gets no messages.</summary>
    public string? ContactName { get; private set; }
    public DateOnly? VisitDay { get; private set; }
    public long? VisitSlotId { get; private set; }

    public long? ReporterId { get; private set; }

    /// <summary>The office member who took the report by phone (代报).</summary>
    public long? FiledById { get; private set; }
    public long? CrewId { get; private set; }

    /// <summary>The crew that was responsible for its category and building when it was reported; what assigning offers first.</summary>
    public long? SuggestedCrewId { get; private set; }
    /// <summary>The notice of the planned outage during which it was reported, if it explains the fault. No foreign key, as for other added columns.</summary>
    public long? OutageNoticeId { get; private set; }
    public long? TechnicianId { get; private set; }

    /// <summary>首问: the first office member who acted on the ticket is responsible for it until they hand it over.</summary>
    public long? OwnerId { get; private set; }

    public DateTimeOffset SubmittedAt { get; private set; }
    public DateTimeOffset? CompletedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public DateTimeOffset LastEventAt { get; private set; }

    /// <summary>The number of timeline entries. It changes with each event, so that even two events in the same instant can be distinguished.</summary>
    public int EventCount { get; private set; }

    /// <summary>到场: when the technician arrived for the current visit; null before that, and again when another visit is due.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }
    public int Nudges { get; private set; }
    public DateTimeOffset? NudgedAt { get; private set; }
    public int SentBack { get; private set; }

    /// <summary>转办: how often the ticket was moved from one crew to another.</summary>
    public int Transfers { get; private set; }

    /// <summary>When the reporter got an answer: a public reply, a reason, or the completed work. The first-asked owner owes one.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>How many earlier tickets of the same room and category fell within <see cref="CampusRules.RepeatWithin"/> before it.</summary>
    public int Repeats { get; private set; }
    public long? ReworkOfId { get; private set; }
    public int? Stars { get; private set; }
    public string? RatingWords { get; private set; }

    /// <summary>The cost of the repair according to the imported log. Does not include parts and labour recorded here.</summary>
    public long? CostFen { get; private set; }
    public Money? Cost => Money.Of(CostFen);

    public string? Source { get; private set; }
    public string? SourceKey { get; private set; }

    /// <summary>
    /// The sort key for "most pressing first": open emergencies, then other open work, both by due time, then on hold, then awaiting
    /// verification, then ended.
    /// </summary>
    public long Pressing { get; private set; }

    public IReadOnlyCollection<RepairEvent> Events => _events;

    /// <summary>
    /// What search finds a ticket by, beside its reporter: also the end of the phone number, which people often give alone, the number of an
    /// imported ticket in the old log, and a caller without an account like other people, also by pinyin.
    /// </summary>
    public string SearchText => SearchTextOf(Number, SourceKey, Description, PlaceWords, ContactPhone, ContactName);

    internal static string SearchTextOf(
        string number, string? sourceKey, string description, string placeWords, string? contactPhone, string? contactName) =>
        $"{number} {sourceKey} {description} {placeWords} {contactPhone} {(contactPhone is { Length: > 4 } phone ? phone[^4..] : null)}"
        + (contactName is null ? null : ContactWords(contactName));

    private static string ContactWords(string name)
    {
        var (full, initials) = Pinyin.OfName(name);
        return $" {name} {full.Replace(" ", "", StringComparison.Ordinal)} {full} {initials}";
    }

    /// <summary>Identifies a submission of the report form, so that a form sent twice creates one ticket.</summary>
    public Guid? SubmissionKey { get; private set; }

    /// <summary>Submit → New. <paramref name="filedBy"/> is the office member who took the report by phone and becomes the first-asked owner.</summary>
    public static RepairTicket Submit(string number, Report report, long? reporterId, long? filedBy, DateTimeOffset at)
    {
        var ticket = new RepairTicket
        {
            Number = number,
            Status = TicketStatus.New,
            Description = report.Description,
            Urgency = report.Urgency,
            CategoryId = report.CategoryId,
            ContactPhone = report.ContactPhone,
            ContactName = report.ContactName,
            VisitDay = report.VisitDay,
            VisitSlotId = report.VisitSlotId,
            ReporterId = reporterId,
            FiledById = filedBy,
            OwnerId = filedBy,
            SubmittedAt = at,
            ReworkOfId = report.ReworkOfId,
            Repeats = report.Repeats,
            SubmissionKey = report.SubmissionKey,
            SuggestedCrewId = report.SuggestedCrewId,
            OutageNoticeId = report.OutageNoticeId,
        };
        ticket.SetPlace(report.Room);
        ticket.AddEvent(RepairVerb.Submit, filedBy ?? reporterId, at, TicketStatus.New);
        return ticket;
    }

    /// <summary>
    /// Creates a ticket from an existing log. It keeps its own times, status and source key. If the end of an ended ticket is unknown, it has
    /// none and is left out of durations. A ticket past its limits is imported as overdue, so that nobody is notified of it.
    /// </summary>
    public static RepairTicket Import(string number, Report report, TicketStatus status, DateTimeOffset submittedAt, DateTimeOffset? endedAt,
        string source, string sourceKey, Money? cost, ServiceClock clocks, DateTimeOffset importedAt,
        ImportedFacts? facts = null)
    {
        var ticket = Submit(number, report, facts?.ReporterId, null, submittedAt);
        (ticket.Source, ticket.SourceKey, ticket.CostFen) = (source, sourceKey, cost?.Fen);
        ticket.ContactName = facts?.ReporterName;
        if (status.IsEnded()) ticket.EndedAt = endedAt;
        if (status == TicketStatus.Closed) ticket.CompletedAt = endedAt;
        if (status == TicketStatus.Completed) ticket.CompletedAt = endedAt ?? submittedAt;
        if (status.IsEnded()) (ticket.CrewId, ticket.TechnicianId) = (facts?.CrewId, facts?.TechnicianId);
        if (status == TicketStatus.Closed) ticket.Stars = facts?.Stars;
        ticket.AddEvent(RepairVerb.Import, null, importedAt, status, e => (e.Code, e.Note) = (source, facts?.Note));
        ticket.RecalculateDeadlines(clocks, importedAt);
        if (status.IsOpen()) ticket.MarkLateAtImport(clocks, importedAt);
        return ticket;
    }

    public void Triage(long actorId, DateTimeOffset at)
    {
        Demand(RepairVerb.Triage);
        SetOwnerIfNone(actorId);
        Move(RepairVerb.Triage, actorId, at, TicketStatus.Triaged);
    }

    public void Reject(long actorId, string reason, DateTimeOffset at)
    {
        Demand(RepairVerb.Reject);
        SetOwnerIfNone(actorId);
        EndedAt = at;
        MarkAnswered(at);
        Move(RepairVerb.Reject, actorId, at, TicketStatus.Rejected, e => e.Note = reason);
    }

    public void Assign(long actorId, long crewId, long? technicianId, string? note, DateTimeOffset at)
    {
        Demand(RepairVerb.Assign);
        SetOwnerIfNone(actorId);
        if (CrewId is { } before && before != crewId) Transfers++;
        SetAssignee(crewId, technicianId);
        Move(RepairVerb.Assign, actorId, at, TicketStatus.Assigned, AssignmentDetail(crewId, technicianId, note));
    }

    /// <summary>Moves the ticket to another crew from any open status; ends a hold.</summary>
    public void Transfer(long actorId, long crewId, long? technicianId, string? note, DateTimeOffset at)
    {
        Demand(RepairVerb.Transfer);
        SetOwnerIfNone(actorId);
        Transfers++;
        SetAssignee(crewId, technicianId);
        EndHold(at);
        Move(RepairVerb.Transfer, actorId, at, TicketStatus.Assigned, AssignmentDetail(crewId, technicianId, note));
    }

    /// <summary>Transfers the first-asked ownership to a colleague; the status stays.</summary>
    public void HandOver(long actorId, long toPersonId, string? note, DateTimeOffset at)
    {
        Demand(RepairVerb.HandOver);
        OwnerId = toPersonId;
        AddEvent(RepairVerb.HandOver, actorId, at, Status, e => (e.PersonId, e.Note, e.Internal) = (toPersonId, note, true));
    }

    public void Take(long actorId, DateTimeOffset at)
    {
        Demand(RepairVerb.Take);
        TechnicianId = actorId;
        Move(RepairVerb.Take, actorId, at, TicketStatus.Taken);
    }

    public void Arrive(long actorId, DateTimeOffset at)
    {
        Demand(RepairVerb.Arrive);
        if (ArrivedAt is { } before) throw Rejected.Because<TicketsText>("AlreadyArrived", before);
        ArrivedAt = at;
        AddEvent(RepairVerb.Arrive, actorId, at, Status);
    }

    public void Decline(long actorId, string reason, DateTimeOffset at)
    {
        Demand(RepairVerb.Decline);
        (CrewId, TechnicianId, ArrivedAt) = (null, null, null);
        Move(RepairVerb.Decline, actorId, at, TicketStatus.Triaged, e => (e.Note, e.Internal) = (reason, true));
    }

    public void Start(long actorId, DateTimeOffset at)
    {
        Demand(RepairVerb.Start);
        Move(RepairVerb.Start, actorId, at, TicketStatus.InProgress);
    }

    public void Hold(long actorId, HoldReason reason, string? note, bool byOffice, DateTimeOffset at)
    {
        Demand(RepairVerb.Hold);
        if (byOffice) SetOwnerIfNone(actorId);
        (HeldFrom, HeldFor) = (Status, reason);
        _pauses.Add(new RepairPause(at, reason));
        Move(RepairVerb.Hold, actorId, at, TicketStatus.OnHold, e => (e.Code, e.Note) = (reason.ToString(), note));
    }

    public void Resume(long actorId, string? note, bool byOffice, DateTimeOffset at)
    {
        Demand(RepairVerb.Resume);
        if (byOffice) SetOwnerIfNone(actorId);
        var back = HeldFrom!.Value;
        EndHold(at);
        ArrivedAt = null;
        Move(RepairVerb.Resume, actorId, at, back, e => e.Note = note);
    }

    public void Complete(long actorId, string? note, bool byOffice, DateTimeOffset at)
    {
        Demand(RepairVerb.Complete);
        if (byOffice) SetOwnerIfNone(actorId);
        CompletedAt = at;
        MarkAnswered(at);
        Move(RepairVerb.Complete, actorId, at, TicketStatus.Completed, e => e.Note = note);
    }

    /// <summary>Accepted by the reporter, by the office for them, or automatically (no actor) after <see cref="CampusRules.VerifyWithin"/>.</summary>
    public void Verify(long? actorId, string? note, bool byOffice, DateTimeOffset at)
    {
        Demand(RepairVerb.Verify);
        if (byOffice && actorId is { } office) SetOwnerIfNone(office);
        EndedAt = at;
        Move(RepairVerb.Verify, actorId, at, TicketStatus.Closed, e => e.Note = note);
    }

    /// <summary>Not accepted: the work goes back to the same technician.</summary>
    public void SendBack(long actorId, string reason, bool byOffice, DateTimeOffset at)
    {
        Demand(RepairVerb.SendBack);
        if (byOffice) SetOwnerIfNone(actorId);
        SentBack++;
        var waited = new RepairPause(CompletedAt!.Value, null);
        waited.End(at);
        _pauses.Add(waited);
        (CompletedAt, ArrivedAt) = (null, null);
        Move(RepairVerb.SendBack, actorId, at, TicketStatus.Rework, e => e.Note = reason);
    }

    public void Rate(long actorId, int stars, string? words, DateTimeOffset at)
    {
        Demand(RepairVerb.Rate);
        if (Stars is not null) throw Rejected.Because<TicketsText>("AlreadyRated");
        if (stars is < 1 or > 5) throw Rejected.At<TicketsText>("Stars", "StarsRange");
        (Stars, RatingWords) = (stars, words);
        AddEvent(RepairVerb.Rate, actorId, at, Status, e => (e.Code, e.Note) = (stars.ToString(System.Globalization.CultureInfo.InvariantCulture), words));
    }

    public void Cancel(long actorId, string? reason, bool byOffice, DateTimeOffset at)
    {
        Demand(RepairVerb.Cancel);
        if (byOffice) SetOwnerIfNone(actorId);
        EndedAt = at;
        Move(RepairVerb.Cancel, actorId, at, TicketStatus.Cancelled, e => e.Note = reason);
    }

    public void Nudge(long actorId, string? note, DateTimeOffset at)
    {
        Demand(RepairVerb.Nudge);
        if (NudgedAt + CampusRules.NudgeEvery > at) throw Rejected.Because<TicketsText>("NudgeTooSoon", NudgedAt + CampusRules.NudgeEvery);
        Nudges++;
        NudgedAt = at;
        AddEvent(RepairVerb.Nudge, actorId, at, Status, e => e.Note = note);
    }

    /// <summary>Removes how the reporter can be reached, long after the ticket has ended.</summary>
    public void RemoveContact() => (ContactPhone, ContactName) = (null, null);

    public RepairEvent Comment(long actorId, string text, bool isInternal, bool byOffice, DateTimeOffset at)
    {
        if (byOffice) SetOwnerIfNone(actorId);
        if (!isInternal && actorId != ReporterId) MarkAnswered(at);
        return AddEvent(RepairVerb.Comment, actorId, at, Status, e => (e.Note, e.Internal) = (text, isInternal));
    }

    public RepairEvent Attach(long actorId, bool isInternal, bool byOffice, DateTimeOffset at)
    {
        if (byOffice) SetOwnerIfNone(actorId);
        return AddEvent(RepairVerb.Attach, actorId, at, Status, e => e.Internal = isInternal);
    }

    public void ChangeUrgency(long actorId, Urgency urgency, DateTimeOffset at)
    {
        Demand(RepairVerb.ChangeUrgency);
        SetOwnerIfNone(actorId);
        Urgency = urgency;
        AddEvent(RepairVerb.ChangeUrgency, actorId, at, Status, e => e.Code = urgency.ToString());
    }

    public void Correct(long actorId, Room room, long categoryId, string? contactPhone, DateTimeOffset at)
    {
        Demand(RepairVerb.Correct);
        SetOwnerIfNone(actorId);
        (CategoryId, ContactPhone) = (categoryId, string.IsNullOrEmpty(contactPhone) ? null : contactPhone);
        SetPlace(room);
        AddEvent(RepairVerb.Correct, actorId, at, Status);
    }

    /// <summary>Sets the crew that assigning offers first, after place or category was corrected.</summary>
    internal void Suggest(long? crewId) => SuggestedCrewId = crewId;

    /// <summary>Sets the marks of a repeated fault, after the place or category of this or an earlier ticket was corrected.</summary>
    internal void MarkRepeats(int repeats, long? reworkOfId) => (Repeats, ReworkOfId) = (repeats, reworkOfId);

    private void Demand(RepairVerb verb)
    {
        if (!Status.Allows(verb)) throw Rejected.Because<TicketsText>("WrongState", Status);
    }

    private void SetOwnerIfNone(long actorId) => OwnerId ??= actorId;

    /// <summary>Records that the reporter got an answer, so that the first-asked owner no longer owes one.</summary>
    private void MarkAnswered(DateTimeOffset at) => AnsweredAt ??= at;

    private void EndHold(DateTimeOffset at)
    {
        (HeldFrom, HeldFor) = (null, null);
        _pauses.Find(p => p.To is null)?.End(at);
    }

    private void SetAssignee(long crewId, long? technicianId) => (CrewId, TechnicianId, ArrivedAt) = (crewId, technicianId, null);

    private void SetPlace(Room room)
    {
        (RoomId, BuildingId, CampusId) = (room.Id, room.BuildingId, room.Building.CampusId);
        PlaceWords = $"{room.Building.Name} {room.Name} {room.Building.NameEn} {room.NameEn}".Trim();
    }

    private static Action<RepairEvent> AssignmentDetail(long crewId, long? technicianId, string? note) =>
        e => (e.CrewId, e.PersonId, e.Note) = (crewId, technicianId, note);

    private void Move(RepairVerb verb, long? actorId, DateTimeOffset at, TicketStatus to, Action<RepairEvent>? detail = null) =>
        AddEvent(verb, actorId, at, to, detail);

    private RepairEvent AddEvent(RepairVerb verb, long? actorId, DateTimeOffset at, TicketStatus to, Action<RepairEvent>? detail = null)
    {
        var written = new RepairEvent(verb, at, actorId, Status, to);
        detail?.Invoke(written);
        _events.Add(written);
        EventCount++;
        Status = to;
        LastEventAt = at;
        Respond(verb, at);
        UpdatePressing();
        return written;
    }
}
