using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// Messages that follow what was done, written inside its write. What the office gets names nobody; what an anonymous reporter gets names no case.
/// </summary>
internal static class VoiceNotices
{
    /// <param name="db">The write of the verb.</param>
    /// <param name="sent">The case after the verb.</param>
    /// <param name="verb">What was done.</param>
    /// <param name="actorId">Who did it and gets no message; null for the app.</param>
    /// <param name="at">When it was done.</param>
    /// <param name="ct">Cancels the write.</param>
    public static async Task WriteAsync(LogisticsDb db, VoiceCase sent, VoiceVerb verb, long? actorId, DateTimeOffset at, CancellationToken ct)
    {
        switch (verb)
        {
            case VoiceVerb.Submit:
                await TellAsync(VoiceNotification.Submitted, Holders(db, [Role.Dispatcher]));
                break;
            case VoiceVerb.HandOver when sent.OwnerId is { } owner:
                Tell(db, sent, VoiceNotification.HandedOver, [owner], actorId, verb, at);
                break;
            case VoiceVerb.Escalate:
                await TellAsync(VoiceNotification.Escalated, Holders(db, [Role.Manager]));
                break;
            case VoiceVerb.Appeal:
                await TellAsync(VoiceNotification.Appealed, Holders(db, [Role.Manager]));
                break;
            case VoiceVerb.Add or VoiceVerb.Solve or VoiceVerb.Reopen or VoiceVerb.Withdraw:
                Tell(db, sent, VoiceNotification.ReporterActed, await ResponsibleAsync(db, sent, ct), actorId, verb, at);
                break;
            case VoiceVerb.Reply or VoiceVerb.Settle or VoiceVerb.Extend or VoiceVerb.Decide or VoiceVerb.Close:
                await TellReporterAsync(db, sent, VoiceNotification.Answered, verb, at, ct);
                break;
            case VoiceVerb.OpenName:
                await TellReporterAsync(db, sent, VoiceNotification.NameOpened, verb, at, ct);
                break;
        }

        async Task TellAsync(VoiceNotification kind, IQueryable<Person> people) =>
            Tell(db, sent, kind, await people.Select(p => p.Id).ToListAsync(ct), actorId, verb, at);
    }

    /// <summary>Tells the person for whom the office recorded a case.</summary>
    public static Task TellRecordedAsync(LogisticsDb db, VoiceCase sent, DateTimeOffset at, CancellationToken ct) =>
        TellReporterAsync(db, sent, VoiceNotification.Recorded, VoiceVerb.Submit, at, ct);

    /// <summary>Tells those whom steps of escalation name: owner or dispatchers, the crew's lead where that person is of the office, managers.</summary>
    public static async Task EscalateAsync(
        LogisticsDb db, VoiceCase sent, IReadOnlyList<EscalationStep> steps, DateTimeOffset at, CancellationToken ct)
    {
        HashSet<long> told = [];
        foreach (var audience in steps.Select(s => s.Audience).Distinct())
        {
            var people = audience switch
            {
                EscalationAudience.Owner => await ResponsibleAsync(db, sent, ct),
                EscalationAudience.CrewLead => await LeadsAsync(db, sent, ct),
                _ => await Holders(db, [Role.Manager]).Select(p => p.Id).ToListAsync(ct),
            };
            Tell(db, sent, VoiceNotification.Limit, people.Where(told.Add).ToList(), null, VoiceVerb.Remind, at);
        }
    }

    /// <summary>The owner, or the dispatchers where nobody took it or the owner does not work in the office any more.</summary>
    private static async Task<List<long>> ResponsibleAsync(LogisticsDb db, VoiceCase sent, CancellationToken ct)
    {
        if (sent.OwnerId is { } owner && await Holders(db, RoleGroups.Office).AnyAsync(p => p.Id == owner, ct)) return [owner];
        return await Holders(db, [Role.Dispatcher]).Select(p => p.Id).ToListAsync(ct);
    }

    private static async Task<List<long>> LeadsAsync(LogisticsDb db, VoiceCase sent, CancellationToken ct)
    {
        var crew = sent.CrewId;
        var leads = db.Set<Crew>().Where(c => c.Id == crew && c.LeadId != null).Select(c => c.LeadId!.Value);
        return await Holders(db, RoleGroups.Office).Where(p => leads.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
    }

    private static async Task TellReporterAsync(
        LogisticsDb db, VoiceCase sent, VoiceNotification kind, VoiceVerb verb, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.VoiceReporters.AsNoTracking().Where(r => r.CaseId == sent.Id).Select(r => (long?)r.PersonId).FirstOrDefaultAsync(ct) is not { } person)
            return;
        var subject = sent.IsAnonymous ? VoiceNotificationKind.Unnamed : sent.Id.ToString(CultureInfo.InvariantCulture);
        db.Inbox.Add(new InboxItem(person, (int)kind, subject, verb.ToString(), at, sent.IsAnonymous ? null : CleanText.Summary(sent.Text)));
        db.Announce(new KeyChanged(InboxService.Topic, person));
    }

    private static void Tell(
        LogisticsDb db, VoiceCase sent, VoiceNotification kind, IReadOnlyList<long> people, long? actorId, VoiceVerb verb, DateTimeOffset at)
    {
        var (subject, about) = (sent.Id.ToString(CultureInfo.InvariantCulture), CleanText.Summary(sent.Text));
        foreach (var person in people.Where(p => p != actorId).Distinct())
        {
            db.Inbox.Add(new InboxItem(person, (int)kind, subject, verb.ToString(), at, about));
            db.Announce(new KeyChanged(InboxService.Topic, person));
        }
    }

    /// <summary>Who has one of these roles and may sign in.</summary>
    public static IQueryable<Person> Holders(LogisticsDb db, IEnumerable<Role> roles)
    {
        var (held, ids) = (db.UserRoles, roles.Select(r => (long)r).ToList());
        return db.Users.AsNoTracking().Where(p =>
            p.RetiredAt == null && p.Status != PersonStatus.Disabled && held.Any(r => r.UserId == p.Id && ids.Contains(r.RoleId)));
    }
}
