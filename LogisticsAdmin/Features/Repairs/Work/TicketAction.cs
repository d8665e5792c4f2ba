using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// A verb with its form data. Single tickets, bulk actions, board cards and macros all use it:
/// <see cref="RepairService.PerformAsync(long, TicketAction, CancellationToken)"/>.
/// </summary>
public sealed class TicketAction
{
    private static readonly AssignFormValidator AssignRules = new();
    private static readonly ReasonValidator ReasonRules = new();
    private static readonly NoteValidator NoteRules = new();
    private static readonly HoldFormValidator HoldRules = new();
    private static readonly CommentFormValidator CommentRules = new();
    private static readonly RateFormValidator RateRules = new();
    private static readonly CorrectFormValidator CorrectRules = new();
    private static readonly ExtensionFormValidator ExtensionRules = new();

    private TicketAction(RepairVerb verb, Action demand, Func<TicketVerbContext, CancellationToken, Task> act) => (Verb, Demand, Act) = (verb, demand, act);

    public RepairVerb Verb { get; }

    /// <summary>Refuses form data that is invalid for every ticket; called before the write.</summary>
    internal Action Demand { get; }

    /// <summary>Performs the verb on one ticket, inside the write.</summary>
    internal Func<TicketVerbContext, CancellationToken, Task> Act { get; }

    /// <summary>Uploaded photos to bind to the event. They can be bound to one ticket only.</summary>
    internal IReadOnlyList<Guid> Photos { get; private init; } = [];

    /// <summary>Identifies the form submission; null if it has no key.</summary>
    internal Guid? Key { get; private init; }

    /// <summary>The same action, sent by the form submission with this key: performed once, however often it is sent.</summary>
    public TicketAction SentAs(Guid? key) => new(Verb, Demand, Act) { Photos = Photos, Key = key };

    /// <summary>受理: New → Triaged, by the office, who becomes the first-asked owner.</summary>
    public static TicketAction Triage() => Of(RepairVerb.Triage, () => { }, c => c.Ticket.Triage(c.Me, c.Now));

    /// <summary>驳回: New or Triaged → Rejected, by the office, with a reason that the reporter sees.</summary>
    public static TicketAction Reject(NoteForm form) => Of(RepairVerb.Reject, () => ReasonRules.Demand(form), c => c.Ticket.Reject(c.Me, form.Note!, c.Now));

    /// <summary>派单, by the office. Throws Stale with the name and choice of whoever assigned it meanwhile, unless the form overrides that.</summary>
    public static TicketAction Assign(AssignForm form) => new(RepairVerb.Assign, () => AssignRules.Demand(form), async (c, ct) =>
    {
        var (crew, technician) = await AssigneeAsync(c, form, ct);
        c.Ticket.Assign(c.Me, crew, technician, form.Note, c.Now);
    });

    /// <summary>转单 to another crew, by the office, from any open status; same rules as <see cref="Assign"/>.</summary>
    public static TicketAction Transfer(AssignForm form) => new(RepairVerb.Transfer, () => AssignRules.Demand(form), async (c, ct) =>
    {
        var (crew, technician) = await AssigneeAsync(c, form, ct);
        c.Ticket.Transfer(c.Me, crew, technician, form.Note, c.Now);
    });

    /// <summary>Transfers the first-asked ownership to another office member; the status stays.</summary>
    public static TicketAction HandOver(long toPersonId, NoteForm form) => new(RepairVerb.HandOver, () => NoteRules.Demand(form), async (c, ct) =>
    {
        var office = RoleGroups.Office.ToIds();
        var known = await c.Db.People.Living().AnyAsync(p => p.Id == toPersonId
            && c.Db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && office.Contains(r.RoleId)), ct);
        if (!known) throw Rejected.Because<WorkText>("NotOffice");
        c.Ticket.HandOver(c.Me, toPersonId, form.Note, c.Now);
    });

    /// <summary>接单: Assigned → Taken, by the assigned technician, or anyone of the crew while nobody is assigned.</summary>
    public static TicketAction Take() => Of(RepairVerb.Take, () => { }, c => c.Ticket.Take(c.Me, c.Now));

    /// <summary>拒单: Assigned → Triaged, with a reason that only staff see.</summary>
    public static TicketAction Decline(NoteForm form) => Of(RepairVerb.Decline, () => ReasonRules.Demand(form), c => c.Ticket.Decline(c.Me, form.Note!, c.Now));

    /// <summary>到场: the technician is at the place, once per visit; Taken or Rework, which stay.</summary>
    public static TicketAction Arrive() => Of(RepairVerb.Arrive, () => { }, c => c.Ticket.Arrive(c.Me, c.Now));

    /// <summary>开工: Taken or Rework → InProgress.</summary>
    public static TicketAction Start() => Of(RepairVerb.Start, () => { }, c => c.Ticket.Start(c.Me, c.Now));

    /// <summary>挂起 with a reason, by technician or office.</summary>
    public static TicketAction Hold(HoldForm form) => Of(RepairVerb.Hold, () => HoldRules.Demand(form),
        c => c.Ticket.Hold(c.Me, form.Reason!.Value, form.Note, c.IsForOthers, c.Now));

    /// <summary>恢复: back to the state before the hold.</summary>
    public static TicketAction Resume(NoteForm form) => Of(RepairVerb.Resume, () => NoteRules.Demand(form),
        c => c.Ticket.Resume(c.Me, form.Note, c.IsForOthers, c.Now));

    /// <summary>完工: InProgress → Completed. The office may do it on the technician's behalf, with a reason.</summary>
    public static TicketAction Complete(NoteForm form, IReadOnlyList<Guid>? photos = null) =>
        new(RepairVerb.Complete, () => NoteRules.Demand(form), async (c, ct) =>
        {
            if (c.IsForOthers) ReasonRules.Demand(form);
            c.Ticket.Complete(c.Me, form.Note, c.IsForOthers, c.Now);
            await c.BindPhotosAsync(photos ?? [], ct);
        })
        { Photos = photos ?? [] };

    /// <summary>验收: Completed → Closed, by the reporter or the office on their behalf.</summary>
    public static TicketAction Verify(NoteForm form) => Of(RepairVerb.Verify, () => NoteRules.Demand(form),
        c => c.Ticket.Verify(c.Me, form.Note, c.IsForOthers, c.Now));

    /// <summary>验收不合格: Completed → Rework, with a reason.</summary>
    public static TicketAction SendBack(NoteForm form) => Of(RepairVerb.SendBack, () => ReasonRules.Demand(form),
        c => c.Ticket.SendBack(c.Me, form.Note!, c.IsForOthers, c.Now));

    /// <summary>评价: 1 to 5 stars, once, by the reporter; refused when the reporter is staff who worked on the ticket.</summary>
    public static TicketAction Rate(RateForm form) => new(RepairVerb.Rate, () => RateRules.Demand(form), async (c, ct) =>
    {
        RepairVerb[] ofReporters = [RepairVerb.Submit, RepairVerb.Comment, RepairVerb.Attach, RepairVerb.Nudge, RepairVerb.Verify, RepairVerb.SendBack];
        var worked = c.Ticket.TechnicianId == c.Me || c.Ticket.FiledById == c.Me
            || await c.Db.RepairEvents.AnyAsync(e => e.TicketId == c.Ticket.Id && e.ActorId == c.Me && !ofReporters.Contains(e.Verb), ct);
        if (worked) throw new Forbidden();
        c.Ticket.Rate(c.Me, form.Stars!.Value, form.Words, c.Now);
    });

    /// <summary>撤销: New, Triaged or Assigned → Cancelled, by the reporter or the office.</summary>
    public static TicketAction Cancel(NoteForm form) => Of(RepairVerb.Cancel, () => NoteRules.Demand(form),
        c => c.Ticket.Cancel(c.Me, form.Note, c.IsForOthers, c.Now));

    /// <summary>催单 by the reporter, at most every four hours while the ticket is open.</summary>
    public static TicketAction Nudge(NoteForm form) => Of(RepairVerb.Nudge, () => NoteRules.Demand(form), c => c.Ticket.Nudge(c.Me, form.Note, c.Now));

    /// <summary>A public reply or, by staff only, an internal note, with optional photos. Never changes the status and never throws Stale.</summary>
    public static TicketAction Comment(CommentForm form) =>
        new(string.IsNullOrWhiteSpace(form.Text) ? RepairVerb.Attach : RepairVerb.Comment, () => CommentRules.Demand(form), async (c, ct) =>
        {
            if (form.Internal && !c.Actor.MaySeeInternal(TicketParties.Of(c.Ticket))) throw new Forbidden();
            c.IsInternal = form.Internal;
            if (string.IsNullOrWhiteSpace(form.Text)) c.Ticket.Attach(c.Me, form.Internal, c.IsForOthers, c.Now);
            else c.Ticket.Comment(c.Me, form.FillsPlaceholders ? await FillAsync(c, form.Text, ct) : form.Text, form.Internal, c.IsForOthers, c.Now);
            await c.BindPhotosAsync(form.Photos, ct);
        })
        { Photos = form.Photos };

    private static async Task<string> FillAsync(TicketVerbContext c, string text, CancellationToken ct)
    {
        var filled = await c.FillAsync(text, ct);
        // Facts are longer than their placeholders.
        CommentRules.Demand(new CommentForm { Text = filled });
        return filled;
    }

    /// <summary>A reply and the verb that goes with it (a macro): if either is refused, nothing is stored.</summary>
    public static TicketAction Macro(CommentForm form, TicketAction action)
    {
        var comment = Comment(form);
        return new(action.Verb, () =>
        {
            comment.Demand();
            action.Demand();
        }, async (c, ct) =>
        {
            c.Actor.Demand(RepairVerb.Comment, TicketParties.Of(c.Ticket));
            await comment.Act(c, ct);
            await RepairNotifications.WriteAsync(
                c.Db, c.Ticket, RepairVerb.Comment, c.Actor, form.Internal, c.Ticket.TechnicianId, c.StandIns, c.Now, ct);
            c.IsInternal = false;
            // Undo of the verb keeps the reply and that the reporter was answered.
            if (c.Before is not null) c.Before = c.Ticket.Snapshot();
            await action.Act(c, ct);
        })
        { Photos = form.Photos };
    }

    /// <summary>Changes the urgency. The limit of the level for the new urgency runs from submission, without the pauses.</summary>
    public static TicketAction ChangeUrgency(Urgency? urgency) => Of(RepairVerb.ChangeUrgency, () =>
    {
        if (urgency is not { } chosen || !Enum.IsDefined(chosen)) throw Rejected.At<WorkText>(nameof(ReportForm.Urgency), "UnknownUrgency");
    }, c => c.Ticket.ChangeUrgency(c.Me, urgency!.Value, c.Now));

    /// <summary>延期申请 by the technician, with a reason and optional photos. A request after the limit counts as overdue (超时申请).</summary>
    public static TicketAction RequestExtension(ExtensionForm form, IReadOnlyList<Guid>? photos = null) =>
        new(RepairVerb.RequestExtension, () => ExtensionRules.Demand(form), async (c, ct) =>
        {
            c.Ticket.RequestExtension(c.Me, (int)(form.Hours!.Value * 60), form.Why!, c.Now);
            await c.BindPhotosAsync(photos ?? [], ct);
        })
        { Photos = photos ?? [] };

    /// <summary>A manager grants or declines the extension request; declining needs a reason. The reporter and the technician are notified.</summary>
    public static TicketAction DecideExtension(bool granted, NoteForm form) => Of(RepairVerb.DecideExtension, () =>
    {
        if (granted) NoteRules.Demand(form);
        else ReasonRules.Demand(form);
    }, c => c.Ticket.DecideExtension(c.Me, granted, form.Note, c.Clocks, c.Now));

    /// <summary>Corrects place, category and phone. Throws Stale if the ticket changed since the form was opened.</summary>
    public static TicketAction Correct(CorrectForm form) => new(RepairVerb.Correct, () =>
    {
        form.Phone = CleanText.Clean(form.Phone);
        CorrectRules.Demand(form);
    }, async (c, ct) =>
    {
        if (c.Ticket.Version != form.Version) throw await c.StaleAsync(onlyMoves: false, ct);
        // A room that has retired since keeps its open tickets, and they can still be corrected.
        var room = form.RoomId == c.Ticket.RoomId
            ? await c.Db.Rooms.Include(r => r.Building).FirstAsync(r => r.Id == c.Ticket.RoomId, ct)
            : await RepairIntake.RoomAsync(c.Db, form.RoomId!.Value, ct);
        var category = await RepairIntake.CategoryAsync(c.Db, form.CategoryId!.Value, ct);
        var (roomBefore, categoryBefore) = (c.Ticket.RoomId, c.Ticket.CategoryId);
        c.Ticket.Correct(c.Me, room, category.Id, form.Phone, c.Now);
        // Only a moved ticket asks anew: what crews and categories are set to since does not change it.
        if ((room.Id, category.Id) != (roomBefore, categoryBefore))
            c.Ticket.Suggest(await CrewSuggestion.ForAsync(c.Db, category, room.BuildingId, ct));
        await RepeatMarks.AfterMoveAsync(c.Db, c.Ticket, roomBefore, categoryBefore, ct);
    });

    private static TicketAction Of(RepairVerb verb, Action demand, Action<TicketVerbContext> act) => new(verb, demand, (c, _) =>
    {
        act(c);
        return Task.CompletedTask;
    });

    /// <summary>
    /// Whom the form assigns to. Throws Stale if the ticket was reassigned since the user saw it; then checks that crew and technician exist and
    /// belong together.
    /// </summary>
    private static async Task<(long CrewId, long? TechnicianId)> AssigneeAsync(TicketVerbContext c, AssignForm form, CancellationToken ct)
    {
        var expected = c.Expected is { } listed ? (listed.Status, listed.CrewId, listed.TechnicianId)
            : (form.ExpectedStatus, form.ExpectedCrewId, form.ExpectedTechnicianId);
        if (!form.Override && expected != (c.Ticket.Status, c.Ticket.CrewId, c.Ticket.TechnicianId)) throw await c.StaleAsync(onlyMoves: true, ct);
        if (form.ToOwnCrew) return (await OwnCrewAsync(c, ct), null);
        var crewId = form.CrewId!.Value;
        if (!await c.Db.Crews.Living().AnyAsync(crew => crew.Id == crewId, ct))
            throw Rejected.At<WorkText>(nameof(AssignForm.CrewId), "UnknownCrew");
        if (form.TechnicianId is not { } technician) return (crewId, null);
        var inCrew = await c.Db.People.Living().AnyAsync(p => p.Id == technician && p.CrewId == crewId
            && c.Db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician), ct);
        if (!inCrew) throw Rejected.At<WorkText>(nameof(AssignForm.TechnicianId), "NotInCrew");
        return (crewId, technician);
    }

    /// <summary>
    /// The crew that was suggested when the ticket was reported, else the default crew of its category; refused if it has none, or one that was
    /// dissolved.
    /// </summary>
    private static async Task<long> OwnCrewAsync(TicketVerbContext c, CancellationToken ct)
    {
        var crews = c.Db.Crews.Living();
        var suggested = c.Ticket.SuggestedCrewId;
        var category = await c.Db.Categories.Where(x => x.Id == c.Ticket.CategoryId).Select(x => new
        {
            CrewId = crews.Where(crew => crew.Id == (suggested ?? x.DefaultCrewId)).Select(crew => (long?)crew.Id).FirstOrDefault(),
            Name = new LocalName(x.Name, x.NameEn),
        }).FirstAsync(ct);
        return category.CrewId ?? throw Rejected.Because<WorkText>("NoOwnCrew", category.Name);
    }
}
