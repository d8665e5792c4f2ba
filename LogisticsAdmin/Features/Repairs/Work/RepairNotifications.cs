using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// Writes the notifications that follow a verb or an escalation step: to the technician about their jobs, to the reporter about progress, and
/// to the owner about pending decisions. A new message about a ticket marks the reader's earlier ones about it as read, and a matter that is
/// settled marks its messages as read. What is sent to somebody who is absent is sent to their stand-in, too; both messages say so.
/// </summary>
internal static class RepairNotifications
{
    // What waits for work to be done.
    private static readonly RepairNotification[] Pending =
    [
        RepairNotification.Assigned, RepairNotification.Nudged, RepairNotification.BecameOverdue, RepairNotification.Declined,
        RepairNotification.Reworked, RepairNotification.DueSoon, RepairNotification.Escalated, RepairNotification.ExtensionAsked,
        RepairNotification.MadeUrgent, RepairNotification.EmergencyReported,
    ];

    // Runs with every verb inside the write gate.
    private static readonly Func<LogisticsDb, string, IAsyncEnumerable<InboxItem>> UnreadAbout = EF.CompileAsyncQuery(
        (LogisticsDb db, string number) => db.Set<InboxItem>().Where(i => i.Subject == number && i.ReadAt == null));

    /// <param name="db">The write of the verb.</param>
    /// <param name="ticket">The ticket after the verb.</param>
    /// <param name="verb">What was done.</param>
    /// <param name="actor">Who did it; gets no message.</param>
    /// <param name="isInternal">Whether a comment is an internal note.</param>
    /// <param name="formerTechnician">Who had the job before the verb.</param>
    /// <param name="standIns">Who stands in for whom today.</param>
    /// <param name="at">When it was done.</param>
    /// <param name="ct">Cancels the write.</param>
    public static async Task WriteAsync(
        LogisticsDb db, RepairTicket ticket, RepairVerb verb, Actor actor, bool isInternal, long? formerTechnician,
        IReadOnlyList<StandIn> standIns, DateTimeOffset at, CancellationToken ct)
    {
        List<(long PersonId, RepairNotification Kind)> messages = [];
        var parties = TicketParties.Of(ticket);

        switch (verb)
        {
            case RepairVerb.Assign or RepairVerb.Transfer:
                foreach (var technician in await TechniciansAsync(db, ticket, ct)) messages.Add((technician, RepairNotification.Assigned));
                if (formerTechnician is { } former && former != ticket.TechnicianId) messages.Add((former, RepairNotification.TakenAway));
                NotifyReporter(RepairNotification.StateChanged);
                break;
            case RepairVerb.HandOver:
                NotifyOwner(RepairNotification.HandedOver);
                break;
            case RepairVerb.Submit when ticket.Urgency == Urgency.Emergency:
                await NotifyDispatchersAsync();
                break;
            case RepairVerb.ChangeUrgency when ticket.Urgency == Urgency.Emergency && ticket.TechnicianId is null:
                await NotifyDispatchersAsync();
                break;
            case RepairVerb.ChangeUrgency when ticket.Urgency is Urgency.Emergency or Urgency.Urgent:
                NotifyTechnician(RepairNotification.MadeUrgent);
                break;
            case RepairVerb.Decline:
                NotifyOwner(RepairNotification.Declined);
                break;
            case RepairVerb.SendBack:
                foreach (var technician in await TechniciansAsync(db, ticket, ct)) messages.Add((technician, RepairNotification.Reworked));
                NotifyOwner(RepairNotification.Reworked);
                break;
            case RepairVerb.Nudge:
                NotifyOwner(RepairNotification.Nudged);
                NotifyTechnician(RepairNotification.Nudged);
                break;
            case RepairVerb.BecomeOverdue:
                NotifyOwner(RepairNotification.BecameOverdue);
                NotifyTechnician(RepairNotification.BecameOverdue);
                db.Add(OutboxMessage.ForGroups((int)RepairNotification.BecameOverdue, ticket.Number, at));
                break;
            case RepairVerb.RequestExtension:
                foreach (var manager in await HoldersOfAsync(db, Role.Manager, ct)) messages.Add((manager, RepairNotification.ExtensionAsked));
                break;
            case RepairVerb.DecideExtension:
                NotifyReporter(RepairNotification.ExtensionDecided);
                NotifyTechnician(RepairNotification.ExtensionDecided);
                NotifyOwner(RepairNotification.ExtensionDecided);
                break;
            case RepairVerb.Comment or RepairVerb.Attach:
                if (!isInternal) NotifyReporter(RepairNotification.Replied);
                if (actor.IsReporter(parties) || actor.IsAssignedTo(parties)) NotifyOwner(RepairNotification.Replied);
                NotifyTechnician(RepairNotification.Replied);
                break;
            case RepairVerb.Hold or RepairVerb.Resume or RepairVerb.Cancel:
                NotifyReporter(RepairNotification.StateChanged);
                NotifyTechnician(RepairNotification.StateChanged);
                break;
            case RepairVerb.Triage or RepairVerb.Reject or RepairVerb.Take or RepairVerb.Start or RepairVerb.Complete or RepairVerb.Verify:
                NotifyReporter(RepairNotification.StateChanged);
                break;
            default:
                break;
        }

        await SendAsync(db, ticket, messages, actor.PersonId, SettledBy(verb, ticket, isInternal), standIns, at, ct);

        async Task NotifyDispatchersAsync()
        {
            db.Add(OutboxMessage.ForGroups((int)RepairNotification.EmergencyReported, ticket.Number, at));
            foreach (var dispatcher in await HoldersOfAsync(db, Role.Dispatcher, ct)) messages.Add((dispatcher, RepairNotification.EmergencyReported));
        }

        void NotifyReporter(RepairNotification kind)
        {
            if (ticket.ReporterId is { } reporter) messages.Add((reporter, kind));
        }

        void NotifyOwner(RepairNotification kind)
        {
            if (ticket.OwnerId is { } owner) messages.Add((owner, kind));
        }

        void NotifyTechnician(RepairNotification kind)
        {
            if (ticket.TechnicianId is { } technician) messages.Add((technician, kind));
        }
    }

    /// <summary>Notifies the people that the escalation steps name, each person once.</summary>
    public static async Task EscalateAsync(
        LogisticsDb db, RepairTicket ticket, IReadOnlyList<EscalationStep> steps, IReadOnlyList<StandIn> standIns, DateTimeOffset at, CancellationToken ct)
    {
        List<(long PersonId, RepairNotification Kind)> messages = [];
        foreach (var step in steps)
        {
            var kind = step.OffsetMinutes < 0 ? RepairNotification.DueSoon : RepairNotification.Escalated;
            foreach (var person in await AudienceAsync(db, ticket, step.Audience, ct)) messages.Add((person, kind));
        }
        await SendAsync(db, ticket, messages, null, [], standIns, at, ct);
    }

    private static async Task SendAsync(
        LogisticsDb db, RepairTicket ticket, IReadOnlyList<(long PersonId, RepairNotification Kind)> messages, long? actorId,
        RepairNotification[] settled, IReadOnlyList<StandIn> standIns, DateTimeOffset at, CancellationToken ct)
    {
        var about = CleanText.Summary(ticket.Description, 40);
        var sent = Addressed(messages, actorId, ticket.Status, standIns);
        var recipients = sent.Select(m => m.PersonId).ToHashSet();
        HashSet<long> changed = [.. recipients];
        // Only stored messages: what this write sends with another call, as a macro does, stays unread.
        await foreach (var earlier in UnreadAbout(db, ticket.Number).WithCancellation(ct))
        {
            if (!recipients.Contains(earlier.PersonId) && !settled.Contains((RepairNotification)earlier.Kind)) continue;
            earlier.Read(at);
            changed.Add(earlier.PersonId);
        }
        foreach (var (personId, kind, detail) in sent) db.Inbox.Add(new InboxItem(personId, (int)kind, ticket.Number, detail.ToString(), at, about));
        foreach (var personId in changed) db.Announce(new KeyChanged(InboxService.Topic, personId));
    }

    /// <summary>
    /// The messages, each once and none to the actor, and a copy for the stand-in of everybody who is absent, unless they get the same message
    /// themselves.
    /// </summary>
    private static List<(long PersonId, RepairNotification Kind, MessageDetail Detail)> Addressed(
        IReadOnlyList<(long PersonId, RepairNotification Kind)> messages, long? actorId, TicketStatus state, IReadOnlyList<StandIn> standIns)
    {
        List<(long PersonId, RepairNotification Kind)> direct = [.. messages.Where(m => m.PersonId != actorId).Distinct()];
        var known = direct.ToHashSet();
        List<(long PersonId, RepairNotification Kind, MessageDetail Detail)> sent = [];
        foreach (var (personId, kind) in direct)
        {
            // Only managers decide on an extension, and all of them are asked.
            var standIn = kind == RepairNotification.ExtensionAsked ? null : standIns.FirstOrDefault(s => s.Absent.PersonId == personId);
            sent.Add((personId, kind, new MessageDetail(state.ToString(), StandIn: standIn?.Name)));
            if (standIn is null || standIn.PersonId == actorId || !known.Add((standIn.PersonId, kind))) continue;
            sent.Add((standIn.PersonId, kind, new MessageDetail(state.ToString(), For: standIn.AbsentName)));
        }
        return sent;
    }

    /// <summary>The messages whose matter the verb settles, whoever has them.</summary>
    private static RepairNotification[] SettledBy(RepairVerb verb, RepairTicket ticket, bool isInternal) => verb switch
    {
        _ when ticket.Status.IsEnded() => Pending,
        RepairVerb.Triage => [RepairNotification.EmergencyReported],
        RepairVerb.Assign or RepairVerb.Transfer => [RepairNotification.Assigned, RepairNotification.Declined, RepairNotification.EmergencyReported],
        RepairVerb.Take or RepairVerb.Decline => [RepairNotification.Assigned],
        RepairVerb.Start => [RepairNotification.Assigned, RepairNotification.Reworked],
        RepairVerb.Complete => Pending,
        RepairVerb.DecideExtension => [RepairNotification.ExtensionAsked],
        RepairVerb.Comment or RepairVerb.Attach when !isInternal => [RepairNotification.Nudged],
        _ => [],
    };

    private static async Task<IReadOnlyList<long>> AudienceAsync(LogisticsDb db, RepairTicket ticket, EscalationAudience audience, CancellationToken ct)
    {
        switch (audience)
        {
            case EscalationAudience.Owner:
                var owners = ticket.OwnerId is { } owner ? [owner] : await HoldersOfAsync(db, Role.Dispatcher, ct);
                return ticket.TechnicianId is { } technician ? [.. owners, technician] : owners;
            case EscalationAudience.CrewLead:
                var crew = ticket.CrewId ?? ticket.SuggestedCrewId
                    ?? await db.Categories.Where(c => c.Id == ticket.CategoryId).Select(c => c.DefaultCrewId).FirstOrDefaultAsync(ct);
                return await db.Crews.Where(c => c.Id == crew && c.LeadId != null).Select(c => c.LeadId!.Value).ToListAsync(ct);
            default:
                return await HoldersOfAsync(db, Role.Manager, ct);
        }
    }

    private static async Task<IReadOnlyList<long>> HoldersOfAsync(LogisticsDb db, Role role, CancellationToken ct) =>
        await db.People.Living().Where(p => db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)role))
            .Select(p => p.Id).ToListAsync(ct);

    private static async Task<IReadOnlyList<long>> TechniciansAsync(LogisticsDb db, RepairTicket ticket, CancellationToken ct) =>
        ticket.TechnicianId is { } named ? [named]
            : ticket.CrewId is not { } crew ? []
            : await db.People.Living().Where(p => p.CrewId == crew).Select(p => p.Id).ToListAsync(ct);
}
