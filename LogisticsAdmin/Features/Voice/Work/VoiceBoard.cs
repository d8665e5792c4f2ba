using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// The public board: answers that the office chose to show everybody signed in, in words without names, and the +1 of others who have the same matter.
/// </summary>
public sealed class VoiceBoard(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, VoiceWork work, VoiceUndo undo)
{
    private const int Most = 100;

    private static readonly VoicePublishFormValidator Rules = new();

    /// <summary>What is on the board, the newest first, and which of it the acting person supports.</summary>
    public async Task<IReadOnlyList<VoiceBoardRow>> ReadAsync(VoiceKind? kind = null, string? text = null, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var (published, supports) = (db.VoicePublications.AsNoTracking().Living(), db.VoiceSupports);
        if (kind is { } only) published = published.Where(p => p.Kind == only);
        if (!string.IsNullOrWhiteSpace(text))
        {
            var pattern = LikePattern.Containing(text.Trim());
            published = published.Where(p => EF.Functions.Like(p.Title, pattern, LikePattern.Escape)
                || EF.Functions.Like(p.Question, pattern, LikePattern.Escape) || EF.Functions.Like(p.Answer, pattern, LikePattern.Escape));
        }
        return await published.OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Id).Take(Most)
            .Select(p => new VoiceBoardRow(
                p.Id, p.Kind, p.Month, p.Title, p.Question, p.Answer, p.PublishedAt, supports.Count(s => s.PublicationId == p.Id),
                supports.Any(s => s.PublicationId == p.Id && s.PersonId == me))).ToListAsync(ct);
    }

    /// <summary>+1, once per person; again it is taken back.</summary>
    public async Task SupportAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var me = user.PersonId;
            if (!await db.VoicePublications.Living().AnyAsync(p => p.Id == id, token)) throw new NotFound();
            if (await db.VoiceSupports.FindAsync([id, me], token) is { } given) db.VoiceSupports.Remove(given);
            else db.VoiceSupports.Add(new VoiceSupport(id, me));
        }, ct);
    }

    /// <summary>
    /// Puts a settled case on the board, or changes what the board says of it. The words must not name the reporter; of an anonymous one only the office
    /// itself can see to that, because a refusal would tell the name. Nobody does it with a case that they sent. It can be undone for some seconds.
    /// </summary>
    public async Task PublishAsync(long caseId, VoicePublishForm form, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        Rules.Demand(form);
        long? step = null;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandVoiceOffice();
            var sent = await db.VoiceCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == caseId, token) ?? throw new NotFound();
            await DemandNotOwnAsync(db, caseId, token);
            if (sent.State is not (VoiceState.Settled or VoiceState.Closed or VoiceState.Decided)) throw Rejected.Because<VoiceText>("NotSettled");
            if (!sent.IsAnonymous) await DemandNoNameAsync(db, caseId, form, token);
            var published = await db.VoicePublications.SingleOrDefaultAsync(p => p.CaseId == caseId, token);
            var act = published is { RetiredAt: null } ? "EditPublished" : "Publish";
            step = await undo.RecordAsync(db, act, [caseId], () => PutAsync(db, sent, published, form, token), token);
        }, ct);
        undo.Offer(step);
    }

    /// <summary>Takes a case off the board, which can be undone for some seconds.</summary>
    public async Task RetireAsync(long caseId, CancellationToken ct = default)
    {
        long? step = null;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandVoiceOffice();
            var published = await db.VoicePublications.Living().SingleOrDefaultAsync(p => p.CaseId == caseId, token) ?? throw new NotFound();
            await DemandNotOwnAsync(db, caseId, token);
            step = await undo.RecordAsync(db, "Unpublish", [caseId], () =>
            {
                published.Retire(office.Now);
                db.Announce(new KeyChanged(VoiceTopics.Board, published.Id));
                return Task.CompletedTask;
            }, token);
        }, ct);
        undo.Offer(step);
    }

    private async Task PutAsync(LogisticsDb db, VoiceCase sent, VoicePublication? published, VoicePublishForm form, CancellationToken ct)
    {
        var now = office.Now;
        if (published is null)
        {
            var day = office.DayOf(sent.SubmittedAt);
            db.VoicePublications.Add(published = new VoicePublication(sent.Id, sent.Kind, new DateOnly(day.Year, day.Month, 1), user.PersonId, now));
        }
        else if (published.RetiredAt is not null)
        {
            published.Restore(now);
        }
        published.Describe(form.Title!, form.Question!, form.Answer!);
        await db.SaveChangesAsync(ct);
        db.Announce(new KeyChanged(VoiceTopics.Board, published.Id));
    }

    private async Task DemandNotOwnAsync(LogisticsDb db, long caseId, CancellationToken ct)
    {
        if (await work.IsMineAsync(db, caseId, ct)) throw new Forbidden();
    }

    private static async Task DemandNoNameAsync(LogisticsDb db, long caseId, VoicePublishForm form, CancellationToken ct)
    {
        var people = db.Users;
        var reporter = await db.VoiceReporters.Where(r => r.CaseId == caseId)
            .Join(people, r => r.PersonId, p => p.Id, (_, p) => new { p.FullName, p.Number, p.PhoneNumber }).FirstOrDefaultAsync(ct);
        foreach (var (field, text) in new[]
                 {
                     (nameof(form.Title), form.Title), (nameof(form.Question), form.Question), (nameof(form.Answer), form.Answer),
                 })
        {
            if (VoiceWork.Names(text, reporter?.FullName, reporter?.Number, reporter?.PhoneNumber))
                throw Rejected.At<VoiceText>(field, "NamesReporter");
        }
    }
}

/// <summary>One answer on the board.</summary>
public sealed record VoiceBoardRow(
    long Id, VoiceKind Kind, DateOnly Month, string Title, string Question, string Answer, DateTimeOffset PublishedAt, int Supports, bool IsSupported);
