using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs;

/// <summary>Who is told what after a verb: the technician of a job, the reporter of their ticket's progress, the owner of trouble.</summary>
internal static class RepairNotices
{
    public static async Task WriteAsync(LogisticsDb db, RepairTicket ticket, RepairVerb verb, Actor actor, bool isInternal, DateTimeOffset at, CancellationToken ct)
    {
        var about = CleanText.Summary(ticket.Description, 40);
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

        foreach (var (personId, kind) in lines.Where(l => l.PersonId != actor.PersonId).Distinct())
        {
            db.Inbox.Add(new InboxItem(personId, kind, ticket.Number, ticket.Status.ToString(), at, about));
            db.Announce(new KeyChanged(InboxService.Topic, personId));
        }

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

    private static async Task<IReadOnlyList<long>> TechniciansAsync(LogisticsDb db, RepairTicket ticket, CancellationToken ct) =>
        ticket.TechnicianId is { } named ? [named]
            : ticket.CrewId is not { } crew ? []
            : await db.People.Living().Where(p => p.CrewId == crew).Select(p => p.Id).ToListAsync(ct);
}
