using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// Performs one verb on many cases, for the office. Each case is handled independently, in a write of its own: a refusal does not affect the
/// others. One undo takes all back.
/// </summary>
public sealed class VoiceBulk(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, VoiceService cases, VoiceUndo undo, ILogger<VoiceBulk> log)
{
    /// <summary>
    /// Performs the action and reports <paramref name="progress"/> after each case. Cancelling takes effect between cases; completed work stays
    /// and is in the result. Throws NotFound or Rejected only for what applies to every case.
    /// </summary>
    public async Task<BulkResult> RunAsync(VoiceBulkRequest request, IProgress<BulkProgress>? progress = null, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        var (verb, form) = (request.Verb, request.Form);
        if (!VoiceBulkRequest.Verbs.Contains(verb)) throw new ArgumentOutOfRangeException(nameof(request), verb, "Not a verb for many cases.");
        if (form.Photos.Count > 0) throw Rejected.At<VoiceText>(nameof(VoiceVerbForm.Photos), "PhotosForOne");
        VoiceVerbFormValidator.Of(verb).Demand(form);
        var marked = request.Cases.DistinctBy(c => c.Id).ToList();
        if (marked.Count > VoiceLimits.Bulk) throw Rejected.Because<VoiceText>("BulkTooLarge", VoiceLimits.Bulk);

        long? step = null;
        List<long> done = [];
        List<BulkRefusal> refused = [];
        var leads = await LeadsAsync(marked.ConvertAll(c => c.Id), verb);
        foreach (var reached in marked.GroupBy(c => leads.GetValueOrDefault(c.Id, c.Id)))
        {
            if (ct.IsCancellationRequested) break;
            try
            {
                step = await PerformAsync(reached.Key, verb, form, step);
                done.AddRange(reached.Select(c => c.Id));
            }
            catch (Refusal why)
            {
                refused.AddRange(reached.Select(c => new BulkRefusal(c.Id, c.Number, why)));
            }
            catch (Exception e)
            {
                // The write was rolled back; the next cases continue.
                var errorReference = ErrorReference.New();
                log.BulkFailed(e, verb, reached.Key, errorReference);
                refused.AddRange(reached.Select(c => new BulkRefusal(c.Id, c.Number, null, errorReference)));
            }
            progress?.Report(new BulkProgress(done.Count, refused.Count, marked.Count));
            // SQLite's calls end synchronously: without a pause the page would show no progress, and take no click to stop, until all is done.
            await Task.Yield();
        }
        var left = marked.Count - done.Count - refused.Count;
        log.BulkPerformed(verb, user.ActorOrNull?.PersonId, done.Count, refused.Count, left);
        undo.Offer(step);
        return new BulkResult(done, refused, left);
    }

    private async Task<long?> PerformAsync(long id, VoiceVerb verb, VoiceVerbForm form, long? step)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.WriteAsync(async token =>
            await cases.PerformAsync(db, id, verb, await FillAsync(db, id, verb, form, token), step, isBulk: true, token));
    }

    /// <summary>The marked cases that the verb reaches through their lead, which is marked too: they would get the answer twice.</summary>
    private async Task<Dictionary<long, long>> LeadsAsync(List<long> ids, VoiceVerb verb)
    {
        if (verb is not (VoiceVerb.Reply or VoiceVerb.Settle)) return [];
        await using var db = await databases.CreateDbContextAsync();
        var known = await db.VoiceCases.Where(c => EF.Parameter(ids).Contains(c.Id)).Select(c => new { c.Id, c.LeadId, c.State }).ToListAsync();
        var able = known.Where(c => c.State.Allows(verb)).ToDictionary(c => c.Id, c => c.LeadId);
        return able.Where(c => c.Value is { } lead && able.ContainsKey(lead)).ToDictionary(c => c.Key, c => c.Value!.Value);
    }

    /// <summary>Fills the placeholders of a canned reply with the facts of the case. What reaches a whole group names none of its reporters.</summary>
    private async Task<VoiceVerbForm> FillAsync(LogisticsDb db, long id, VoiceVerb verb, VoiceVerbForm form, CancellationToken ct)
    {
        if (verb is not (VoiceVerb.Reply or VoiceVerb.Note or VoiceVerb.Settle) || form.Text is not { } text) return form;
        if (!text.Contains('{', StringComparison.Ordinal)) return form;
        if (await VoiceRow.From(db, db.VoiceCases.AsNoTracking().Where(c => c.Id == id)).FirstOrDefaultAsync(ct) is not { } row) return form;
        var subject = VoiceReplySubjects.Of(row);
        if (row.Members > 0 && verb != VoiceVerb.Note) subject = subject with { Reporter = null };
        var filled = new VoiceVerbForm
        {
            Text = ReplyPlaceholders.Fill(text, ReplyFacts.Of(subject, CultureInfo.CurrentUICulture, user.Actor.Name, office)),
        };
        // Facts are longer than their placeholders.
        VoiceVerbFormValidator.Of(verb).Demand(filled);
        return filled;
    }
}
