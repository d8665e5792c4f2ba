using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>What people do with cases of their own: send, add, answer whether it is solved, appeal, rate, withdraw. Others' cases are not found.</summary>
public sealed class VoiceMine(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, VoiceWork work, IEnumerable<IComplaintSubject> subjects,
    IOptions<LimitOptions> limits)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly VoiceSubmitFormValidator SubmitRules = new();
    private static readonly VoiceAnswerFormValidator AnswerRules = new();
    private static readonly VoiceOptionalFormValidator OptionalRules = new();

    /// <summary>
    /// Sends one and returns its id. A form sent twice makes one case. Of an anonymous one a personal thing is not kept, and of the own room only the
    /// building.
    /// </summary>
    public async Task<long> SubmitAsync(VoiceSubmitForm form, CancellationToken ct = default)
    {
        var me = user.PersonId;
        SubmitRules.Demand(form);
        var subject = await SubjectAsync(form, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            _ = user.PersonId;
            var key = KeyOf(form, me);
            if (key is not null && await db.VoiceCases.Where(c => c.SubmissionKey == key).Select(c => (long?)c.Id).FirstOrDefaultAsync(token) is { } before)
                return before;
            await DemandReportAsync(db, me, token);
            var now = office.Now;
            var report = await VoiceTargets.FillAsync(db, new VoiceReport(form.Kind!.Value, form.Text!.Trim(), form.Anonymous)
            {
                SubjectKind = subject is null ? null : form.About,
                SubjectKey = subject is null ? null : form.AboutKey,
                CrewId = subject?.CrewId,
                SubmissionKey = key,
            }, form.Addressee, form.Place, me, token);
            var sent = VoiceCase.Submit(await db.NextNumberAsync(VoiceLimits.Series, office.DayOf(now), token), report, now);
            sent.Recalculate(await work.TimesAsync(db, token), now);
            db.VoiceCases.Add(sent);
            db.VoiceReporters.Add(new VoiceReporter(sent, me));
            await VoiceWork.BindAsync(db, sent, sent.Events.Single(), form.Photos, token);
            await db.SaveChangesAsync(token);
            await VoiceNotices.WriteAsync(db, sent, VoiceVerb.Submit, ActorOf(sent, me), now, token);
            return sent.Id;
        }, ct);
    }

    /// <summary>The id of the case that the acting person's form has become; null if it was not sent before.</summary>
    public async Task<long?> SubmittedAsync(VoiceSubmitForm form, CancellationToken ct = default)
    {
        var me = user.PersonId;
        if (KeyOf(form, me) is not { } key) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.VoiceCases.Where(c => c.SubmissionKey == key).Select(c => (long?)c.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>The thing that a link of its page names, as the acting person may see it; null when there is none.</summary>
    public async Task<ComplaintSubject?> AboutAsync(string? kind, string? key, CancellationToken ct = default) =>
        string.IsNullOrEmpty(key) || key.Length > 40 || subjects.FirstOrDefault(s => s.Kind == kind) is not { } known ? null : await known.FindAsync(key, ct);

    /// <summary>Whether the kind of thing would tell who complained.</summary>
    public bool IsPersonal(string? kind) => subjects.FirstOrDefault(s => s.Kind == kind)?.IsPersonal == true;

    /// <summary>Performs a verb of the reporter on their own case. A form sent twice is applied once.</summary>
    /// <exception cref="NotFound">It is nobody's, or somebody else's.</exception>
    public async Task PerformAsync(long id, VoiceVerb verb, VoiceAnswerForm form, CancellationToken ct = default)
    {
        if (verb is VoiceVerb.Add or VoiceVerb.Reopen or VoiceVerb.Appeal) AnswerRules.Demand(form);
        else OptionalRules.Demand(form);
        if (verb == VoiceVerb.Rate && form.Satisfaction is null) throw Rejected.At<VoiceText>(nameof(VoiceAnswerForm.Satisfaction), "RatingUnknown");
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            // The office sees every case elsewhere; here everybody has their own only.
            if (!await work.IsMineAsync(db, id, token)) throw new NotFound();
            var sent = await work.OpenAsync(db, id, verb, token);
            if (form.Key is { } key && await db.VoiceEvents.AnyAsync(e => e.Key == key && e.CaseId == id, token)) return;
            if (verb is VoiceVerb.Add) await DemandReplyAsync(db, me, token);
            var (now, text) = (office.Now, form.Text?.Trim() ?? "");
            var written = verb switch
            {
                VoiceVerb.Add => sent.Add(text, now),
                VoiceVerb.Solve => sent.Solve(now),
                VoiceVerb.Reopen => sent.Reopen(text, now),
                VoiceVerb.Appeal => sent.Appeal(text, now),
                VoiceVerb.Rate => sent.Rate(form.Satisfaction!.Value, now),
                VoiceVerb.Withdraw => sent.Withdraw(text.Length == 0 ? null : text, now),
                _ => throw new Forbidden(),
            };
            written.Key = form.Key;
            var times = await work.TimesAsync(db, token);
            await LeaveGroupAsync(db, sent, verb, times, now, token);
            sent.Recalculate(times, now);
            await VoiceWork.BindAsync(db, sent, written, form.Photos, token);
            await VoiceNotices.WriteAsync(db, sent, verb, ActorOf(sent, me), now, token);
        }, ct);
    }

    /// <summary>
    /// Who does not agree with the answer of a group goes on alone, and what was grouped under a case that is taken back stands for itself: a grouped
    /// case stands in no list of open ones.
    /// </summary>
    private static async Task LeaveGroupAsync(
        LogisticsDb db, VoiceCase sent, VoiceVerb verb, VoiceTimes times, DateTimeOffset now, CancellationToken ct)
    {
        if (verb is VoiceVerb.Reopen or VoiceVerb.Appeal && sent.LeadId is { } lead)
        {
            (await db.VoiceCases.SingleAsync(c => c.Id == lead, ct)).CountMembers(-1);
            sent.LeaveGroup();
        }
        if (verb != VoiceVerb.Withdraw || sent.Members == 0) return;
        foreach (var member in await db.VoiceCases.Where(c => c.LeadId == sent.Id).ToListAsync(ct))
        {
            member.LeaveGroup();
            member.Recalculate(times, now);
        }
        sent.CountMembers(-sent.Members);
    }

    // Who of the office got no message about an anonymous case would be the one who sent it.
    private static long? ActorOf(VoiceCase sent, long me) => sent.IsAnonymous ? null : me;

    // With the person in it: another person's form with the same key and words is another form.
    private static Guid? KeyOf(VoiceSubmitForm form, long me) =>
        FormKey.Of(form.Key, me, form.Kind, form.Text?.Trim(), form.Anonymous, form.Addressee, form.Place, form.About, form.AboutKey);

    private async Task<ComplaintSubject?> SubjectAsync(VoiceSubmitForm form, CancellationToken ct) =>
        form.Anonymous && IsPersonal(form.About) ? null : await AboutAsync(form.About, form.AboutKey, ct);

    private async Task DemandReportAsync(LogisticsDb db, long me, CancellationToken ct)
    {
        var (since, most, written) = (office.Now - Day, limits.Value.ReportsPerDay, db.VoiceEvents);
        // What the office recorded for the person is not their own sending.
        if (await db.VoiceReporters.CountAsync(r => r.PersonId == me && r.Case.SubmittedAt > since
            && written.Any(e => e.CaseId == r.CaseId && e.Verb == VoiceVerb.Submit && e.Side == VoiceSide.Reporter), ct) >= most)
        {
            throw Rejected.Because<VoiceText>("TooManyReports", most);
        }
    }

    private async Task DemandReplyAsync(LogisticsDb db, long me, CancellationToken ct)
    {
        var (since, most, mine) = (office.Now - Day, limits.Value.RepliesPerDay, db.VoiceReporters.Where(r => r.PersonId == me).Select(r => r.CaseId));
        if (await db.VoiceEvents.CountAsync(e => e.Verb == VoiceVerb.Add && e.At > since && mine.Contains(e.CaseId), ct) >= most)
            throw Rejected.Because<VoiceText>("TooManyAdditions", most);
    }
}
