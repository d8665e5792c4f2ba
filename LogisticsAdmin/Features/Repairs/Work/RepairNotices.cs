using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.ServiceLevels;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>Who is told what after a verb: the technician of a job, the reporter of their ticket's progress, the owner of trouble.</summary>
internal static class RepairNotices
{
    public static async Task WriteAsync(LogisticsDb db, RepairTicket ticket, RepairVerb verb, Actor actor, bool isInternal, DateTimeOffset at, CancellationToken ct)
    {
        List<(long PersonId, InboxKind Kind)> lines = [];

        switch (verb)
        {
            case RepairVerb.Assign or RepairVerb.Transfer:
                foreach (var technician in await TechniciansAsync(db, ticket, ct)) lines.Add((technician, InboxKind.Assigned));
                TellReporter(InboxKind.StateChanged);
                break;
            case RepairVerb.Decline:
                TellOwner(InboxKind.Declined);
                break;
            case RepairVerb.SendBack:
                foreach (var technician in await TechniciansAsync(db, ticket, ct)) lines.Add((technician, InboxKind.Reworked));
                TellOwner(InboxKind.Reworked);
                break;
            case RepairVerb.Nudge:
                TellOwner(InboxKind.Nudged);
                TellTechnician(InboxKind.Nudged);
                break;
            case RepairVerb.BecomeOverdue:
                TellOwner(InboxKind.BecameOverdue);
                TellTechnician(InboxKind.BecameOverdue);
                break;
            case RepairVerb.RequestExtension:
                foreach (var manager in await HoldersOfAsync(db, Role.Manager, ct)) lines.Add((manager, InboxKind.ExtensionAsked));
                break;
            case RepairVerb.DecideExtension:
                TellReporter(InboxKind.ExtensionDecided);
                TellTechnician(InboxKind.ExtensionDecided);
                TellOwner(InboxKind.ExtensionDecided);
                break;
            case RepairVerb.Comment or RepairVerb.Attach when !isInternal:
                TellReporter(InboxKind.Replied);
                if (actor.PersonId == ticket.ReporterId)
                {
                    TellOwner(InboxKind.Replied);
                    TellTechnician(InboxKind.Replied);
                }
                break;
            case RepairVerb.Triage or RepairVerb.Reject or RepairVerb.Take or RepairVerb.Start or RepairVerb.Hold or RepairVerb.Resume
                or RepairVerb.Complete or RepairVerb.Verify or RepairVerb.Cancel:
                TellReporter(InboxKind.StateChanged);
                break;
            default:
                break;
        }

        Tell(db, ticket, lines.Where(l => l.PersonId != actor.PersonId), at);

        void TellReporter(InboxKind kind)
        {
            if (ticket.ReporterId is { } reporter) lines.Add((reporter, kind));
        }

        void TellOwner(InboxKind kind)
        {
            if (ticket.OwnerId is { } owner) lines.Add((owner, kind));
        }

        void TellTechnician(InboxKind kind)
        {
            if (ticket.TechnicianId is { } technician) lines.Add((technician, kind));
        }
    }

    /// <summary>Tells those whom escalation steps name, each person once a moment.</summary>
    public static async Task EscalateAsync(LogisticsDb db, RepairTicket ticket, IReadOnlyList<EscalationStep> steps, DateTimeOffset at, CancellationToken ct)
    {
        List<(long PersonId, InboxKind Kind)> lines = [];
        foreach (var step in steps)
        {
            var kind = step.OffsetMinutes < 0 ? InboxKind.DueSoon : InboxKind.Escalated;
            foreach (var person in await AudienceAsync(db, ticket, step.Audience, ct)) lines.Add((person, kind));
        }
        Tell(db, ticket, lines, at);
    }

    private static void Tell(LogisticsDb db, RepairTicket ticket, IEnumerable<(long PersonId, InboxKind Kind)> lines, DateTimeOffset at)
    {
        var about = CleanText.Summary(ticket.Description, 40);
        foreach (var (personId, kind) in lines.Distinct())
        {
            db.Inbox.Add(new InboxItem(personId, kind, ticket.Number, ticket.Status.ToString(), at, about));
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
        await db.People.Living().Where(p => db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)role)).Select(p => p.Id).ToListAsync(ct);

    private static async Task<IReadOnlyList<long>> TechniciansAsync(LogisticsDb db, RepairTicket ticket, CancellationToken ct) =>
        ticket.TechnicianId is { } named ? [named]
            : ticket.CrewId is not { } crew ? []
            : await db.People.Living().Where(p => p.CrewId == crew).Select(p => p.Id).ToListAsync(ct);
}
