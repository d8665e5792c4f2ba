using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work.Bulk;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Performs verbs on tickets: checks the actor's rights, validates the form, lets the ticket check its status, and saves ticket, timeline,
/// inbox and live row in one transaction. When it throws NotFound, Forbidden, Stale or Rejected, nothing is stored.
/// </summary>
public sealed class RepairService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, OfficeTime office, ServiceClockCache clockCache,
    IStandIns standIns, ResidentLimits limits, UndoOffers undo, LiveMeter meter, ILogger<RepairService> log)
{
    // Read as a list, because "first or default" would wrap the query of ticket and pauses in a subquery and cost twice as much.
    private static readonly Func<LogisticsDb, long, IAsyncEnumerable<RepairTicket>> ById = EF.CompileAsyncQuery(
        (LogisticsDb db, long id) => db.Set<RepairTicket>().Where(t => t.Id == id));

    /// <summary>
    /// Performs one verb on one ticket. The methods below are shortcuts for single verbs; their rules are documented in
    /// <see cref="TicketAction"/>.
    /// </summary>
    public async Task PerformAsync(long id, TicketAction action, CancellationToken ct = default)
    {
        action.Demand();
        await using var db = await databases.CreateDbContextAsync(ct);
        var set = await db.WriteAsync(async token =>
        {
            if (await PerformAsync(db, id, action, expected: null, token) is not { } item) return null;
            var kept = new ChangeSet(user.PersonId, action.Verb, item.At);
            kept.Add(item);
            db.ChangeSets.Add(kept);
            return kept;
        }, ct);
        meter.Performed(action.Verb.ToString());
        log.Performed(action.Verb, id, user.ActorOrNull?.PersonId);
        if (set is not null) undo.Offer(set.Id);
    }

    /// <summary>
    /// The verb that the acting person's form with this key has performed; null if it has not been applied. For pages that would store photos
    /// first, or could not answer any more; the write itself asks again.
    /// </summary>
    public async Task<RepairVerb?> PerformedAsync(Guid? key, CancellationToken ct = default)
    {
        if (key is null) return null;
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.RepairEvents.Where(e => e.Key == key && e.ActorId == me).Select(e => (RepairVerb?)e.Verb).FirstOrDefaultAsync(ct);
    }

    /// <inheritdoc cref="TicketAction.Triage"/>
    public Task TriageAsync(long id, CancellationToken ct = default) => PerformAsync(id, TicketAction.Triage(), ct);

    /// <inheritdoc cref="TicketAction.Reject"/>
    public Task RejectAsync(long id, NoteForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Reject(form), ct);

    /// <inheritdoc cref="TicketAction.Assign"/>
    public Task AssignAsync(long id, AssignForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Assign(form), ct);

    /// <inheritdoc cref="TicketAction.Transfer"/>
    public Task TransferAsync(long id, AssignForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Transfer(form), ct);

    /// <inheritdoc cref="TicketAction.HandOver"/>
    public Task HandOverAsync(long id, long toPersonId, NoteForm form, CancellationToken ct = default) =>
        PerformAsync(id, TicketAction.HandOver(toPersonId, form), ct);

    /// <inheritdoc cref="TicketAction.Take"/>
    public Task TakeAsync(long id, CancellationToken ct = default) => PerformAsync(id, TicketAction.Take(), ct);

    /// <inheritdoc cref="TicketAction.Decline"/>
    public Task DeclineAsync(long id, NoteForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Decline(form), ct);

    /// <inheritdoc cref="TicketAction.Arrive"/>
    public Task ArriveAsync(long id, CancellationToken ct = default) => PerformAsync(id, TicketAction.Arrive(), ct);

    /// <inheritdoc cref="TicketAction.Start"/>
    public Task StartAsync(long id, CancellationToken ct = default) => PerformAsync(id, TicketAction.Start(), ct);

    /// <inheritdoc cref="TicketAction.Hold"/>
    public Task HoldAsync(long id, HoldForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Hold(form), ct);

    /// <inheritdoc cref="TicketAction.Resume"/>
    public Task ResumeAsync(long id, NoteForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Resume(form), ct);

    /// <inheritdoc cref="TicketAction.Complete"/>
    public Task CompleteAsync(long id, NoteForm form, IReadOnlyList<Guid>? photos = null, CancellationToken ct = default) =>
        PerformAsync(id, TicketAction.Complete(form, photos), ct);

    /// <inheritdoc cref="TicketAction.Verify"/>
    public Task VerifyAsync(long id, NoteForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Verify(form), ct);

    /// <inheritdoc cref="TicketAction.SendBack"/>
    public Task SendBackAsync(long id, NoteForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.SendBack(form), ct);

    /// <inheritdoc cref="TicketAction.Rate"/>
    public Task RateAsync(long id, RateForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Rate(form), ct);

    /// <inheritdoc cref="TicketAction.Cancel"/>
    public Task CancelAsync(long id, NoteForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Cancel(form), ct);

    /// <inheritdoc cref="TicketAction.Nudge"/>
    public Task NudgeAsync(long id, NoteForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Nudge(form), ct);

    /// <inheritdoc cref="TicketAction.Comment"/>
    public Task CommentAsync(long id, CommentForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Comment(form), ct);

    /// <inheritdoc cref="TicketAction.ChangeUrgency"/>
    public Task ChangeUrgencyAsync(long id, Urgency urgency, CancellationToken ct = default) => PerformAsync(id, TicketAction.ChangeUrgency(urgency), ct);

    /// <inheritdoc cref="TicketAction.RequestExtension"/>
    public Task RequestExtensionAsync(long id, ExtensionForm form, IReadOnlyList<Guid>? photos = null, CancellationToken ct = default) =>
        PerformAsync(id, TicketAction.RequestExtension(form, photos), ct);

    /// <inheritdoc cref="TicketAction.DecideExtension"/>
    public Task DecideExtensionAsync(long id, bool granted, NoteForm form, CancellationToken ct = default) =>
        PerformAsync(id, TicketAction.DecideExtension(granted, form), ct);

    /// <inheritdoc cref="TicketAction.Correct"/>
    public Task CorrectAsync(long id, CorrectForm form, CancellationToken ct = default) => PerformAsync(id, TicketAction.Correct(form), ct);

    /// <summary>Sends a reply and performs the verb that goes with it (a macro) in one transaction: if either is refused, nothing is stored.</summary>
    public Task ReplyAsync(long id, CommentForm form, ReplyAction act, CancellationToken ct = default)
    {
        if (!act.IsComplete) throw Rejected.Because<RepliesText>("UnknownAct");
        return PerformAsync(id, TicketAction.Macro(form, ActionOf(act)), ct);
    }

    /// <summary>Sends a canned reply with its action. Refuses one with a verb that no longer exists, rather than only saying what it says.</summary>
    public Task ReplyAsync(long id, CommentForm form, MacroAction action, CancellationToken ct = default) =>
        ReplyAsync(id, form, ReplyAction.Of(action) ?? throw Rejected.Because<RepliesText>("UnknownAct"), ct);

    private static TicketAction ActionOf(ReplyAction act) => act.Verb switch
    {
        RepairVerb.Triage => TicketAction.Triage(),
        RepairVerb.Hold => TicketAction.Hold(new HoldForm { Reason = act.Reason }),
        RepairVerb.Resume => TicketAction.Resume(new NoteForm()),
        RepairVerb.Verify => TicketAction.Verify(new NoteForm()),
        RepairVerb.ChangeUrgency => TicketAction.ChangeUrgency(act.Urgency),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act.Verb, null),
    };

    /// <summary>Performs one batch in one write. Returns the change set, which is created with the first undoable ticket, and the refusals.</summary>
    internal async Task<(long? ChangeSetId, IReadOnlyList<BulkRefusal> Refused)> PerformAsync(
        TicketAction action, IReadOnlyList<BulkTicket> batch, long? changeSetId)
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
                    var item = await PerformAsync(db, ticket.Id, action, ticket, token);
                    if (item is not null && set is null) db.ChangeSets.Add(set = new ChangeSet(user.PersonId, action.Verb, item.At));
                    if (item is not null) set!.Add(item);
                    await db.SaveChangesAsync(token);
                }
                catch (Refusal why)
                {
                    // Drop the unsaved changes of this ticket; the tickets before it are already saved.
                    db.ChangeTracker.Clear();
                    if (set is not null) db.Attach(set);
                    refused.Add(new BulkRefusal(ticket.Id, ticket.Number, why));
                }
            }
            return set;
        });
        for (var done = batch.Count - refused.Count; done > 0; done--) meter.Performed(action.Verb.ToString());
        return (kept?.Id ?? changeSetId, refused);
    }

    /// <summary>Performs one verb on one ticket, inside a write. Returns what is needed to undo it, or null if undo isn't offered.</summary>
    private async Task<ChangeSetItem?> PerformAsync(LogisticsDb db, long id, TicketAction action, BulkTicket? expected, CancellationToken ct)
    {
        if (action.Key is { } sent && await db.RepairEvents.AnyAsync(e => e.Key == sent && e.ActorId == user.PersonId, ct)) return null;
        var today = await standIns.TodayAsync(db, ct);
        var actor = user.Actor.StandingIn(today);
        var ticket = await ById(db, id).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        actor.Demand(action.Verb, TicketParties.Of(ticket));
        await limits.DemandVerbAsync(db, actor, action.Verb, ct);
        var context = new TicketVerbContext(db, ticket, actor, action.Verb, await clockCache.CurrentAsync(ct), office, clock.GetUtcNow(), expected)
        {
            StandIns = today,
        };
        if (UndoService.IsOffered(action.Verb, actor)) context.Before = ticket.Snapshot();
        var technician = ticket.TechnicianId;
        await action.Act(context, ct);
        if (action.Key is { } key) ticket.Events.Last().Key = key;
        ticket.RecalculateDeadlines(context.Clocks, context.Now);
        await RepairNotifications.WriteAsync(db, ticket, action.Verb, actor, context.IsInternal, technician, today, context.Now, ct);
        return context.Before is { } before ? new ChangeSetItem(ticket, before, context.Now) : null;
    }
}
