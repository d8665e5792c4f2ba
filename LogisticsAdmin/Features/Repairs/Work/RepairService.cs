using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Replies;
using LogisticsAdmin.Features.Repairs.ServiceLevels;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work.Bulk;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// The verbs on a ticket. Each asks who acts, validates what was typed, lets the ticket judge its state, and saves ticket, timeline,
/// inbox and live row in one transaction. Refuses with NotFound, Forbidden, Stale or Rejected; then nothing is stored.
/// </summary>
public sealed class RepairService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, Clockworks clockworks, UndoMemory undo, LiveMeter meter,
    ILogger<RepairService> log)
{
    // Read as a list of one: "first or default" makes a query within a query of the ticket and its pauses, which costs twice as much.
    private static readonly Func<LogisticsDb, long, IAsyncEnumerable<RepairTicket>> ById = EF.CompileAsyncQuery(
        (LogisticsDb db, long id) => db.Set<RepairTicket>().Where(t => t.Id == id));

    private static readonly AssignFormValidator AssignRules = new();
    private static readonly ReasonValidator ReasonRules = new();
    private static readonly NoteValidator NoteRules = new();
    private static readonly HoldFormValidator HoldRules = new();
    private static readonly CommentFormValidator CommentRules = new();
    private static readonly RateFormValidator RateRules = new();
    private static readonly CorrectFormValidator CorrectRules = new();
    private static readonly ExtensionFormValidator ExtensionRules = new();

    /// <summary>受理: New → Triaged, by the office, who becomes the first-asked owner.</summary>
    public Task TriageAsync(long id, CancellationToken ct = default) =>
        ActAsync(id, RepairVerb.Triage, a => a.Ticket.Triage(a.Me, a.Now), ct);

    /// <summary>驳回: New or Triaged → Rejected, by the office, with a reason the reporter reads.</summary>
    public Task RejectAsync(long id, NoteForm form, CancellationToken ct = default)
    {
        ReasonRules.Demand(form);
        return ActAsync(id, RepairVerb.Reject, a => a.Ticket.Reject(a.Me, form.Note!, a.Now), ct);
    }

    /// <summary>派单, by the office. Refuses as Stale, saying who was faster and whom they chose, unless the form overrides.</summary>
    public Task AssignAsync(long id, AssignForm form, CancellationToken ct = default)
    {
        AssignRules.Demand(form);
        return ActAsync(id, RepairVerb.Assign, a => GiveAsync(a, form, ct), ct);
    }

    /// <summary>转单 from crew to crew, by the office; same rules as <see cref="AssignAsync"/>, from any open state.</summary>
    public Task TransferAsync(long id, AssignForm form, CancellationToken ct = default)
    {
        AssignRules.Demand(form);
        return ActAsync(id, RepairVerb.Transfer, async a =>
        {
            await DemandAsSeenAsync(a, form, ct);
            await DemandTechnicianAsync(a.Db, form, ct);
            a.Ticket.Transfer(a.Me, form.CrewId!.Value, form.TechnicianId, form.Note, a.Now);
        }, ct);
    }

    /// <summary>Hands the first-asked ownership to another office member; the state stays.</summary>
    public Task HandOverAsync(long id, long toPersonId, NoteForm form, CancellationToken ct = default)
    {
        NoteRules.Demand(form);
        return ActAsync(id, RepairVerb.HandOver, async a =>
        {
            var office = RoleGroups.Office.ToIds();
            var known = await a.Db.People.Living().AnyAsync(p => p.Id == toPersonId
                && a.Db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && office.Contains(r.RoleId)), ct);
            if (!known) throw Rejected.Because<RepairsText>("NotOffice");
            a.Ticket.HandOver(a.Me, toPersonId, form.Note, a.Now);
        }, ct);
    }

    /// <summary>接单: Assigned → Taken, by the technician named or anyone of the crew while nobody is.</summary>
    public Task TakeAsync(long id, CancellationToken ct = default) =>
        ActAsync(id, RepairVerb.Take, a => a.Ticket.Take(a.Me, a.Now), ct);

    /// <summary>拒单: Assigned → Triaged, with a reason only staff read.</summary>
    public Task DeclineAsync(long id, NoteForm form, CancellationToken ct = default)
    {
        ReasonRules.Demand(form);
        return ActAsync(id, RepairVerb.Decline, a => a.Ticket.Decline(a.Me, form.Note!, a.Now), ct);
    }

    /// <summary>开工: Taken or Rework → InProgress.</summary>
    public Task StartAsync(long id, CancellationToken ct = default) =>
        ActAsync(id, RepairVerb.Start, a => a.Ticket.Start(a.Me, a.Now), ct);

    /// <summary>挂起 with a reason, by technician or office.</summary>
    public Task HoldAsync(long id, HoldForm form, CancellationToken ct = default)
    {
        HoldRules.Demand(form);
        return ActAsync(id, RepairVerb.Hold, a => Hold(a, form), ct);
    }

    /// <summary>恢复: back to the state before the hold.</summary>
    public Task ResumeAsync(long id, NoteForm form, CancellationToken ct = default)
    {
        NoteRules.Demand(form);
        return ActAsync(id, RepairVerb.Resume, a => a.Ticket.Resume(a.Me, form.Note, a.ByOffice, a.Now), ct);
    }

    /// <summary>完工: InProgress → Completed. The office may do it on behalf, with a reason.</summary>
    public Task CompleteAsync(long id, NoteForm form, IReadOnlyList<Guid>? photos = null, CancellationToken ct = default)
    {
        NoteRules.Demand(form);
        return ActAsync(id, RepairVerb.Complete, async a =>
        {
            if (a.ByOffice) ReasonRules.Demand(form);
            a.Ticket.Complete(a.Me, form.Note, a.ByOffice, a.Now);
            await BindPhotosAsync(a, photos, ct);
        }, ct);
    }

    /// <summary>验收: Completed → Closed, by the reporter or the office on their behalf.</summary>
    public Task VerifyAsync(long id, NoteForm form, CancellationToken ct = default)
    {
        NoteRules.Demand(form);
        return ActAsync(id, RepairVerb.Verify, a => Verify(a, form), ct);
    }

    /// <summary>验收不合格: Completed → Rework, with a reason.</summary>
    public Task SendBackAsync(long id, NoteForm form, CancellationToken ct = default)
    {
        ReasonRules.Demand(form);
        return ActAsync(id, RepairVerb.SendBack, a => a.Ticket.SendBack(a.Me, form.Note!, a.ByOffice, a.Now), ct);
    }

    /// <summary>评价: 1 to 5 stars, once, by the reporter; refused when the reporter is staff who worked on the ticket.</summary>
    public Task RateAsync(long id, RateForm form, CancellationToken ct = default)
    {
        RateRules.Demand(form);
        return ActAsync(id, RepairVerb.Rate, async a =>
        {
            RepairVerb[] ofReporters = [RepairVerb.Submit, RepairVerb.Comment, RepairVerb.Attach, RepairVerb.Nudge, RepairVerb.Verify, RepairVerb.SendBack];
            var worked = a.Ticket.TechnicianId == a.Me || a.Ticket.FiledById == a.Me
                || await a.Db.RepairEvents.AnyAsync(e => e.TicketId == id && e.ActorId == a.Me && !ofReporters.Contains(e.Verb), ct);
            if (worked) throw new Forbidden();
            a.Ticket.Rate(a.Me, form.Stars!.Value, form.Words, a.Now);
        }, ct);
    }

    /// <summary>撤销: New, Triaged or Assigned → Cancelled, by the reporter or the office.</summary>
    public Task CancelAsync(long id, NoteForm form, CancellationToken ct = default)
    {
        NoteRules.Demand(form);
        return ActAsync(id, RepairVerb.Cancel, a => a.Ticket.Cancel(a.Me, form.Note, a.ByOffice, a.Now), ct);
    }

    /// <summary>催单 by the reporter, at most every four hours while the ticket is open.</summary>
    public Task NudgeAsync(long id, NoteForm form, CancellationToken ct = default)
    {
        NoteRules.Demand(form);
        return ActAsync(id, RepairVerb.Nudge, a => a.Ticket.Nudge(a.Me, form.Note, a.Now), ct);
    }

    /// <summary>A public reply or, by staff only, an internal note; with photos if any. Never changes the state, never goes stale.</summary>
    public Task CommentAsync(long id, CommentForm form, CancellationToken ct = default)
    {
        CommentRules.Demand(form);
        var verb = string.IsNullOrWhiteSpace(form.Text) ? RepairVerb.Attach : RepairVerb.Comment;
        return ActAsync(id, verb, a => SayAsync(a, form, ct), ct);
    }

    /// <summary>A reply and the verb that goes with it (a macro), as one: when either is refused, neither happened.</summary>
    public Task ReplyAsync(long id, CommentForm form, ReplyAct act, CancellationToken ct = default)
    {
        CommentRules.Demand(form);
        if (!act.IsWhole) throw Rejected.Because<RepliesText>("UnknownAct");
        return ActAsync(id, act.Verb, async a =>
        {
            a.Actor.Demand(RepairVerb.Comment, TicketParties.Of(a.Ticket));
            await SayAsync(a, form, ct);
            await RepairNotices.WriteAsync(a.Db, a.Ticket, RepairVerb.Comment, a.Actor, form.Internal, a.Now, ct);
            a.IsInternal = false;
            // What was said stays when the verb is taken back, and so does that the reporter was answered.
            if (a.Before is not null) a.Before = a.Ticket.Snapshot();
            await (act.Verb switch
            {
                RepairVerb.Triage => Done(() => a.Ticket.Triage(a.Me, a.Now)),
                RepairVerb.Hold => Done(() => a.Ticket.Hold(a.Me, act.Reason!.Value, null, a.ByOffice, a.Now)),
                RepairVerb.Resume => Done(() => a.Ticket.Resume(a.Me, null, a.ByOffice, a.Now)),
                RepairVerb.Verify => Done(() => a.Ticket.Verify(a.Me, null, a.ByOffice, a.Now)),
                RepairVerb.ChangeUrgency => Done(() => ChangeUrgency(a, act.Urgency!.Value)),
                _ => throw new ArgumentOutOfRangeException(nameof(act), act.Verb, null),
            });
        }, ct);

        static Task Done(Action verb)
        {
            verb();
            return Task.CompletedTask;
        }
    }

    /// <summary>Judges how pressing it is anew; the limit of the level then in force runs from submission, pauses left out.</summary>
    public Task ChangeUrgencyAsync(long id, Urgency urgency, CancellationToken ct = default) =>
        ActAsync(id, RepairVerb.ChangeUrgency, a => ChangeUrgency(a, urgency), ct);

    /// <summary>延期申请 by the technician, with a reason and photos if any; after the limit it counts as overdue (超时申请).</summary>
    public Task RequestExtensionAsync(long id, ExtensionForm form, IReadOnlyList<Guid>? photos = null, CancellationToken ct = default)
    {
        ExtensionRules.Demand(form);
        return ActAsync(id, RepairVerb.RequestExtension, async a =>
        {
            a.Ticket.RequestExtension(a.Me, (int)(form.Hours!.Value * 60), form.Why!, a.Now);
            await BindPhotosAsync(a, photos, ct);
        }, ct);
    }

    /// <summary>A manager grants or declines what was asked; declining needs a reason. The reporter and the technician are told.</summary>
    public Task DecideExtensionAsync(long id, bool granted, NoteForm form, CancellationToken ct = default)
    {
        if (granted) NoteRules.Demand(form);
        else ReasonRules.Demand(form);
        return ActAsync(id, RepairVerb.DecideExtension, a => a.Ticket.DecideExtension(a.Me, granted, form.Note, a.Clocks, a.Now), ct);
    }

    /// <summary>Corrects place, category and phone. The one edit form: Stale when the ticket changed since it was opened.</summary>
    public Task CorrectAsync(long id, CorrectForm form, CancellationToken ct = default)
    {
        form.Phone = CleanText.Code(form.Phone);
        CorrectRules.Demand(form);
        return ActAsync(id, RepairVerb.Correct, async a =>
        {
            if (a.Ticket.Version != form.Version) throw await StaleAsync(a, onlyMoves: false, ct);
            var room = await RepairIntake.RoomAsync(a.Db, form.RoomId!.Value, ct);
            var category = await RepairIntake.CategoryAsync(a.Db, form.CategoryId!.Value, ct);
            a.Ticket.Correct(a.Me, room, category.Id, form.Phone, a.Now);
        }, ct);
    }

    private Task ActAsync(long id, RepairVerb verb, Action<Acting> act, CancellationToken ct) =>
        ActAsync(id, verb, a =>
        {
            act(a);
            return Task.CompletedTask;
        }, ct);

    private async Task ActAsync(long id, RepairVerb verb, Func<Acting, Task> act, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var set = await db.WriteAsync(async token =>
        {
            if (await PerformAsync(db, id, verb, act, token) is not { } item) return null;
            var kept = new ChangeSet(user.PersonId, verb, item.At);
            kept.Add(item);
            db.ChangeSets.Add(kept);
            return kept;
        }, ct);
        meter.Performed(verb.ToString());
        log.Performed(verb, id, user.Unchecked?.PersonId);
        if (set is not null) undo.Offer(set.Id);
    }

    /// <summary>One verb on one ticket, inside a write: what undoes it, or null where that isn't offered.</summary>
    private async Task<ChangeSetItem?> PerformAsync(LogisticsDb db, long id, RepairVerb verb, Func<Acting, Task> act, CancellationToken ct)
    {
        var actor = user.Actor;
        var ticket = await ById(db, id).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        actor.Demand(verb, TicketParties.Of(ticket));
        var acting = new Acting(db, ticket, actor, verb, await clockworks.CurrentAsync(ct), clock.GetUtcNow());
        if (UndoService.IsOffered(verb, actor)) acting.Before = ticket.Snapshot();
        await act(acting);
        ticket.Date(acting.Clocks, acting.Now);
        await RepairNotices.WriteAsync(db, ticket, verb, actor, acting.IsInternal, acting.Now, ct);
        return acting.Before is { } before ? new ChangeSetItem(ticket, before, acting.Now) : null;
    }

    /// <summary>Two who assign at once: the second hears who was faster and what they chose.</summary>
    private static async Task DemandAsSeenAsync(Acting a, AssignForm form, CancellationToken ct)
    {
        if (form.Override) return;
        var seen = (form.SeenStatus, form.SeenCrewId, form.SeenTechnicianId);
        if (seen != (a.Ticket.Status, a.Ticket.CrewId, a.Ticket.TechnicianId)) throw await StaleAsync(a, onlyMoves: true, ct);
    }

    /// <summary>Who was faster, and with whom the ticket now is. A comment in between moves nothing, so it does not count as faster.</summary>
    private static async Task<Stale> StaleAsync(Acting a, bool onlyMoves, CancellationToken ct)
    {
        RepairVerb[] moves = [RepairVerb.Assign, RepairVerb.Transfer, RepairVerb.Undo];
        var last = await (
            from e in a.Db.RepairEvents
            where e.TicketId == a.Ticket.Id && (!onlyMoves || e.From != e.To || moves.Contains(e.Verb))
            orderby e.Id descending
            select new { e.ActorId }).FirstOrDefaultAsync(ct);
        var by = await a.Db.People.Where(p => last != null && p.Id == last.ActorId).Select(p => p.FullName).FirstOrDefaultAsync(ct);
        var crew = await a.Db.Crews.Where(c => c.Id == a.Ticket.CrewId).Select(c => new LocalName(c.Name, c.NameEn)).FirstOrDefaultAsync(ct);
        var technician = await a.Db.People.Where(p => p.Id == a.Ticket.TechnicianId).Select(p => p.FullName).FirstOrDefaultAsync(ct);
        return new Stale(by, string.Join(" · ", new[] { crew?.ToString(), technician }.OfType<string>()));
    }

    private static async Task DemandTechnicianAsync(LogisticsDb db, AssignForm form, CancellationToken ct)
    {
        if (!await db.Crews.Living().AnyAsync(c => c.Id == form.CrewId, ct))
            throw Rejected.At<RepairsText>(nameof(AssignForm.CrewId), "UnknownCrew");
        if (form.TechnicianId is not { } technician) return;
        var inCrew = await db.People.Living().AnyAsync(p => p.Id == technician && p.CrewId == form.CrewId
            && db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician), ct);
        if (!inCrew) throw Rejected.At<RepairsText>(nameof(AssignForm.TechnicianId), "NotInCrew");
    }

    private static async Task GiveAsync(Acting a, AssignForm form, CancellationToken ct)
    {
        await DemandAsSeenAsync(a, form, ct);
        await DemandTechnicianAsync(a.Db, form, ct);
        a.Ticket.Assign(a.Me, form.CrewId!.Value, form.TechnicianId, form.Note, a.Now);
    }

    private static void Hold(Acting a, HoldForm form) => a.Ticket.Hold(a.Me, form.Reason!.Value, form.Note, a.ByOffice, a.Now);

    private static void Verify(Acting a, NoteForm form) => a.Ticket.Verify(a.Me, form.Note, a.ByOffice, a.Now);

    private static void ChangeUrgency(Acting a, Urgency urgency)
    {
        if (!Enum.IsDefined(urgency)) throw Rejected.At<RepairsText>(nameof(ReportForm.Urgency), "UnknownUrgency");
        a.Ticket.ChangeUrgency(a.Me, urgency, a.Now);
    }

    private static async Task SayAsync(Acting a, CommentForm form, CancellationToken ct)
    {
        if (form.Internal && !a.Actor.MaySeeInternal(TicketParties.Of(a.Ticket))) throw new Forbidden();
        a.IsInternal = form.Internal;
        if (string.IsNullOrWhiteSpace(form.Text)) a.Ticket.Attach(a.Me, form.Internal, a.ByOffice, a.Now);
        else a.Ticket.Comment(a.Me, form.Text, form.Internal, a.ByOffice, a.Now);
        await BindPhotosAsync(a, form.Photos, ct);
    }

    private static Task BindPhotosAsync(Acting a, IReadOnlyList<Guid>? keys, CancellationToken ct) =>
        RepairIntake.BindPhotosAsync(a.Db, a.Ticket, a.Ticket.Events.Last(), a.Me, keys ?? [], ct);

    /// <summary>Refuses what was typed when it holds for no ticket at all.</summary>
    internal static void Demand(BulkRequest request)
    {
        switch (request.Verb)
        {
            case RepairVerb.Assign:
                AssignRules.Demand(request.Assign);
                break;
            case RepairVerb.ChangeUrgency:
                if (request.Urgency is null) throw Rejected.At<RepairsText>(nameof(ReportForm.Urgency), "UnknownUrgency");
                break;
            case RepairVerb.Hold:
                HoldRules.Demand(request.Hold);
                break;
            case RepairVerb.Comment:
                CommentRules.Demand(request.Comment);
                // A draft photo belongs to one reply; handed to many, all but one would lose it.
                if (request.Comment.Photos.Count > 0) throw Rejected.Because<RepairsText>("BulkPhotos");
                break;
            case RepairVerb.Verify:
                NoteRules.Demand(request.Note);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.Verb, "Not a verb for many tickets.");
        }
    }

    /// <summary>A batch in one turn at the gate. Returns the change set, made with the first ticket that can be undone, and who refused.</summary>
    internal async Task<(long? ChangeSetId, IReadOnlyList<BulkRefusal> Refused)> PerformAsync(BulkRequest request, IReadOnlyList<BulkTicket> batch, long? changeSetId)
    {
        List<BulkRefusal> refused = [];
        await using var db = await databases.CreateDbContextAsync();
        var kept = await db.WriteAsync(async token =>
        {
            var set = changeSetId is { } id ? await db.ChangeSets.FindAsync([id], token) : null;
            foreach (var ticket in batch)
            {
                try
                {
                    var item = await PerformAsync(db, ticket.Id, request.Verb, a => ActAsync(a, request, ticket, token), token);
                    if (item is not null && set is null) db.ChangeSets.Add(set = new ChangeSet(user.PersonId, request.Verb, item.At));
                    if (item is not null) set!.Add(item);
                    await db.SaveChangesAsync(token);
                }
                catch (Refusal why)
                {
                    // Whatever it had begun with this ticket is forgotten; those before are saved.
                    db.ChangeTracker.Clear();
                    if (set is not null) db.Attach(set);
                    refused.Add(new BulkRefusal(ticket.Id, ticket.Number, why));
                }
            }
            return set;
        });
        for (var done = batch.Count - refused.Count; done > 0; done--) meter.Performed(request.Verb.ToString());
        return (kept?.Id ?? changeSetId, refused);
    }

    private static async Task ActAsync(Acting a, BulkRequest request, BulkTicket seen, CancellationToken ct)
    {
        switch (request.Verb)
        {
            case RepairVerb.Assign:
                await GiveAsync(a, new AssignForm
                {
                    SeenStatus = seen.Status,
                    SeenCrewId = seen.CrewId,
                    SeenTechnicianId = seen.TechnicianId,
                    CrewId = request.Assign.CrewId,
                    TechnicianId = request.Assign.TechnicianId,
                    Note = request.Assign.Note,
                }, ct);
                break;
            case RepairVerb.ChangeUrgency:
                ChangeUrgency(a, request.Urgency!.Value);
                break;
            case RepairVerb.Hold:
                Hold(a, request.Hold);
                break;
            case RepairVerb.Comment:
                await SayAsync(a, request.Comment, ct);
                break;
            default:
                Verify(a, request.Note);
                break;
        }
    }

    /// <summary>One verb under way.</summary>
    private sealed class Acting(LogisticsDb db, RepairTicket ticket, Actor actor, RepairVerb verb, Clockwork clocks, DateTimeOffset now)
    {
        public LogisticsDb Db { get; } = db;
        public RepairTicket Ticket { get; } = ticket;
        public Actor Actor { get; } = actor;
        public Clockwork Clocks { get; } = clocks;
        public DateTimeOffset Now { get; } = now;
        public long Me { get; } = actor.PersonId ?? throw new Forbidden();
        public bool IsInternal { get; set; }

        /// <summary>How the ticket stands again when the verb is undone; null where that isn't offered.</summary>
        public TicketSnapshot? Before { get; set; }

        /// <summary>The office acts for somebody else: not as the ticket's own technician, nor as its reporter.</summary>
        public bool ByOffice { get; } = actor.IsOffice && !actor.IsOnIt(TicketParties.Of(ticket))
            && !(actor.IsReporter(TicketParties.Of(ticket)) && ReporterVerbs.Contains(verb));

        private static readonly RepairVerb[] ReporterVerbs =
            [RepairVerb.Verify, RepairVerb.SendBack, RepairVerb.Cancel, RepairVerb.Comment, RepairVerb.Attach];
    }
}
