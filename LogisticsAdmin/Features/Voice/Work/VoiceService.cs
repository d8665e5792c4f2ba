using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// What the office does with cases: checks the right, lets the case check its state, and saves case, timeline, messages and live row in one transaction.
/// An answer to a lead case, its settling and its extension reach every case grouped under it, with the photos that go along. When it throws, nothing is
/// stored.
/// </summary>
public sealed class VoiceService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, VoiceWork work, VoiceUndo undo)
{
    /// <summary>Whether photos can be sent with the verb: with answers, and with internal notes.</summary>
    public static bool TakesPhotos(VoiceVerb verb) => verb is VoiceVerb.Reply or VoiceVerb.Note or VoiceVerb.Settle or VoiceVerb.Decide;

    /// <summary>Performs one verb on one case.</summary>
    /// <exception cref="NotFound">There is no such case for the acting person.</exception>
    /// <exception cref="Forbidden">They may not.</exception>
    /// <exception cref="Rejected">The state or the form does not allow it.</exception>
    public async Task PerformAsync(long id, VoiceVerb verb, VoiceVerbForm form, CancellationToken ct = default)
    {
        Check(verb, form);
        long? step = null;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token => step = await PerformAsync(db, id, verb, form, step: null, isBulk: false, token), ct);
        undo.Offer(step);
    }

    private void Check(VoiceVerb verb, VoiceVerbForm form)
    {
        // Before what is missing is told: that cases can be worked on is nothing for others.
        user.Actor.DemandVoiceOffice();
        VoiceVerbFormValidator.Of(verb).Demand(form);
    }

    /// <summary>Performs one verb on one case, inside a write. Returns the step of its undo: a new one, or the given one.</summary>
    internal async Task<long?> PerformAsync(
        LogisticsDb db, long id, VoiceVerb verb, VoiceVerbForm form, long? step, bool isBulk, CancellationToken ct)
    {
        var sent = await work.OpenAsync(db, id, verb, ct);
        List<VoiceCase> all = [sent];
        if (verb is VoiceVerb.Reply or VoiceVerb.Settle or VoiceVerb.Extend && sent.Members > 0)
        {
            var grouped = await db.VoiceCases.Where(c => c.LeadId == id).OrderBy(c => c.Id).ToListAsync(ct);
            all.AddRange(grouped.Where(c => c.State.Allows(verb)));
            // Nobody works on a case that they sent, not through its lead either.
            if (await work.IsAnyMineAsync(db, all.ConvertAll(c => c.Id), ct)) throw Rejected.Because<VoiceText>("OwnInGroup");
        }
        if (!VoiceUndo.Offers(verb))
        {
            await ActAsync(db, all, verb, form, ct);
            return step;
        }
        return await undo.RecordAsync(db, verb.ToString(), [.. all.Select(c => c.Id)], () => ActAsync(db, all, verb, form, ct), ct, isBulk, step);
    }

    private async Task ActAsync(LogisticsDb db, List<VoiceCase> all, VoiceVerb verb, VoiceVerbForm form, CancellationToken ct)
    {
        var (now, times, me) = (office.Now, await work.TimesAsync(db, ct), user.PersonId);
        var photos = TakesPhotos(verb) ? await VoiceWork.UploadsAsync(db, form.Photos, ct) : [];
        foreach (var sent in all)
        {
            VoiceEvent written;
            try
            {
                written = await ActAsync(db, sent, verb, form, me, now, ct);
            }
            catch (Rejected) when (sent != all[0])
            {
                // A grouped case that was extended by itself, for example, keeps its own limit.
                continue;
            }
            VoiceWork.Attach(db, photos, sent, written);
            sent.Recalculate(times, now);
            await VoiceNotices.WriteAsync(db, sent, verb, me, now, ct);
        }
    }

    private async Task<VoiceEvent> ActAsync(
        LogisticsDb db, VoiceCase sent, VoiceVerb verb, VoiceVerbForm form, long me, DateTimeOffset now, CancellationToken ct)
    {
        var text = form.Text?.Trim() ?? "";
        switch (verb)
        {
            case VoiceVerb.Take:
                return sent.Take(me, now);
            case VoiceVerb.Reply:
                return sent.Reply(me, text, now);
            case VoiceVerb.Note:
                return sent.WriteNote(me, text, now);
            case VoiceVerb.HandOver:
                var to = form.ToPersonId!.Value;
                if (!await VoiceNotices.Holders(db, RoleGroups.Office).AnyAsync(p => p.Id == to, ct))
                    throw Rejected.At<VoiceText>(nameof(VoiceVerbForm.ToPersonId), "UnknownColleague");
                return sent.HandOver(me, to, text.Length == 0 ? null : text, now);
            case VoiceVerb.Escalate:
                return sent.Escalate(me, text, now);
            case VoiceVerb.Extend:
                return sent.Extend(me, office.At(DateOnly.FromDateTime(form.Until!.Value), TimeOnly.FromDateTime(form.Until.Value)), text, now);
            case VoiceVerb.Correct:
                await DemandUnitAsync(db, form, ct);
                return sent.Correct(me, form.Kind!.Value, form.CentreId, form.CrewId, now);
            case VoiceVerb.Settle:
                return sent.Settle(me, text, now);
            case VoiceVerb.Decide:
                return sent.Decide(me, form.Upheld!.Value, text, now);
            case VoiceVerb.Group:
                var number = CleanText.Clean(form.Lead).ToUpperInvariant();
                var lead = await db.VoiceCases.SingleOrDefaultAsync(c => c.Number == number, ct)
                    ?? throw Rejected.At<VoiceText>(nameof(VoiceVerbForm.Lead), "NoLead");
                return sent.Group(me, lead, now);
            case VoiceVerb.Ungroup:
                var former = await db.VoiceCases.SingleOrDefaultAsync(c => c.Id == sent.LeadId, ct) ?? throw Rejected.Because<VoiceText>("NotGrouped");
                return sent.Ungroup(me, former, now);
            default:
                throw new ArgumentOutOfRangeException(nameof(verb), verb, null);
        }
    }

    private static async Task DemandUnitAsync(LogisticsDb db, VoiceVerbForm form, CancellationToken ct)
    {
        if (form.CentreId is { } centre && !await db.Set<Centre>().AnyAsync(c => c.Id == centre, ct))
            throw Rejected.At<VoiceText>(nameof(VoiceVerbForm.CentreId), "UnknownUnit");
        if (form.CrewId is { } crew && !await db.Set<Crew>().AnyAsync(c => c.Id == crew, ct))
            throw Rejected.At<VoiceText>(nameof(VoiceVerbForm.CrewId), "UnknownUnit");
    }
}
