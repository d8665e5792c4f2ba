using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>
/// How much a resident may write within a day, counted from what is stored and asked inside the write that stores more. The office reports on
/// behalf of others and is not limited, and staff not in what they write on tickets.
/// </summary>
public sealed class ResidentLimits(IOptions<LimitOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <exception cref="Rejected">The actor has submitted as many reports as allowed.</exception>
    internal async Task DemandReportAsync(LogisticsDb db, Actor actor, CancellationToken ct)
    {
        if (actor.IsOffice || actor.IsSystem) return;
        var (me, since, limit) = (actor.PersonId, clock.GetUtcNow() - Period, options.Value.ReportsPerDay);
        if (await db.RepairTickets.CountAsync(t => t.ReporterId == me && t.FiledById == null && t.SubmittedAt > since, ct) >= limit)
            throw Rejected.Because<WorkText>("TooManyReports", limit);
    }

    /// <exception cref="Rejected">The actor has replied or nudged as often as allowed.</exception>
    internal async Task DemandVerbAsync(LogisticsDb db, Actor actor, RepairVerb verb, CancellationToken ct)
    {
        if (actor.IsStaff || actor.IsSystem) return;
        var limits = options.Value;
        switch (verb)
        {
            case RepairVerb.Comment or RepairVerb.Attach:
                if (await CountAsync(db, actor, [RepairVerb.Comment, RepairVerb.Attach], ct) >= limits.RepliesPerDay)
                    throw Rejected.Because<WorkText>("TooManyReplies", limits.RepliesPerDay);
                break;
            case RepairVerb.Nudge:
                if (await CountAsync(db, actor, [RepairVerb.Nudge], ct) >= limits.NudgesPerDay)
                    throw Rejected.Because<WorkText>("TooManyNudges", limits.NudgesPerDay);
                break;
        }
    }

    private Task<int> CountAsync(LogisticsDb db, Actor actor, RepairVerb[] verbs, CancellationToken ct)
    {
        var (me, since) = (actor.PersonId, clock.GetUtcNow() - Period);
        return db.RepairEvents.CountAsync(e => e.ActorId == me && e.At > since && verbs.Contains(e.Verb), ct);
    }
}
