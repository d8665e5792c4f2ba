using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
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
/// to the owner about pending decisions.
/// </summary>
internal static class RepairNotifications
{
    public static async Task WriteAsync(
        LogisticsDb db, RepairTicket ticket, RepairVerb verb, Actor actor, bool isInternal, DateTimeOffset at, CancellationToken ct)
    {
        List<(long PersonId, RepairNotification Kind)> messages = [];

        switch (verb)
        {
            case RepairVerb.Assign or RepairVerb.Transfer:
                foreach (var technician in await TechniciansAsync(db, ticket, ct)) messages.Add((technician, RepairNotification.Assigned));
                NotifyReporter(RepairNotification.StateChanged);
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
                break;
            case RepairVerb.RequestExtension:
                foreach (var manager in await HoldersOfAsync(db, Role.Manager, ct)) messages.Add((manager, RepairNotification.ExtensionAsked));
                break;
            case RepairVerb.DecideExtension:
                NotifyReporter(RepairNotification.ExtensionDecided);
                NotifyTechnician(RepairNotification.ExtensionDecided);
                NotifyOwner(RepairNotification.ExtensionDecided);
                break;
            case RepairVerb.Comment or RepairVerb.Attach when !isInternal:
                NotifyReporter(RepairNotification.Replied);
                if (actor.PersonId == ticket.ReporterId)
                {
                    NotifyOwner(RepairNotification.Replied);
                    NotifyTechnician(RepairNotification.Replied);
                }
                break;
            case RepairVerb.Triage or RepairVerb.Reject or RepairVerb.Take or RepairVerb.Start or RepairVerb.Hold or RepairVerb.Resume
                or RepairVerb.Complete or RepairVerb.Verify or RepairVerb.Cancel:
                NotifyReporter(RepairNotification.StateChanged);
                break;
            default:
                break;
        }

        Send(db, ticket, messages.Where(m => m.PersonId != actor.PersonId), at);

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
    public static async Task EscalateAsync(LogisticsDb db, RepairTicket ticket, IReadOnlyList<EscalationStep> steps, DateTimeOffset at, CancellationToken ct)
    {
        List<(long PersonId, RepairNotification Kind)> messages = [];
        foreach (var step in steps)
        {
            var kind = step.OffsetMinutes < 0 ? RepairNotification.DueSoon : RepairNotification.Escalated;
            foreach (var person in await AudienceAsync(db, ticket, step.Audience, ct)) messages.Add((person, kind));
        }
        Send(db, ticket, messages, at);
    }

    private static void Send(LogisticsDb db, RepairTicket ticket, IEnumerable<(long PersonId, RepairNotification Kind)> messages, DateTimeOffset at)
    {
        var about = CleanText.Summary(ticket.Description, 40);
        foreach (var (personId, kind) in messages.Distinct())
        {
            db.Inbox.Add(new InboxItem(personId, (int)kind, ticket.Number, ticket.Status.ToString(), at, about));
            db.Announce(new KeyChanged(InboxService.Topic, personId));
        }
    }

    private static async Task<IReadOnlyList<long>> AudienceAsync(LogisticsDb db, RepairTicket ticket, EscalationAudience audience, CancellationToken ct)
    {
        switch (audience)
        {
            case EscalationAudience.Owner:
                var owners = ticket.OwnerId is { } owner ? [owner] : await HoldersOfAsync(db, Role.Dispatcher, ct);
                return ticket.TechnicianId is { } technician ? [.. owners, technician] : owners;
            case EscalationAudience.CrewLead:
                var crew = ticket.CrewId ?? await db.Categories.Where(c => c.Id == ticket.CategoryId).Select(c => c.DefaultCrewId).FirstOrDefaultAsync(ct);
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
