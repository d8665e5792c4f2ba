using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// Undo of what the office did to cases, and of what it put on the public board, changed there or took off. A case on which anything happened since is
/// left alone.
/// </summary>
public sealed class VoiceUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, VoiceWork work, IStringLocalizer<VoiceText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    /// <summary>Whether the verb can be undone. What the reporter has read as an answer cannot; the text of a note stays in the timeline.</summary>
    public static bool Offers(VoiceVerb verb) => verb is VoiceVerb.Take or VoiceVerb.Note or VoiceVerb.HandOver or VoiceVerb.Escalate or VoiceVerb.Extend
        or VoiceVerb.Correct or VoiceVerb.Settle or VoiceVerb.Group or VoiceVerb.Ungroup;

    protected override string Kind => "voice";

    protected override void Demand(Actor actor) => actor.DemandVoiceOffice();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        // Leads first, so that an undo meets a member when its lead has got its earlier state back.
        var cases = await db.VoiceCases.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.LeadId != null).ThenBy(c => c.Id).ToListAsync(ct);
        var published = (await db.VoicePublications.AsNoTracking().Where(p => ids.Contains(p.CaseId)).ToListAsync(ct)).ToDictionary(p => p.CaseId);
        return cases.ToDictionary(
            c => c.Id, c => JsonSerializer.Serialize(c.Remember() with { Published = published.GetValueOrDefault(c.Id)?.Remember() }));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.VoiceCases.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Number, ct);

    protected override string AddressOf(long id) => string.Create(CultureInfo.InvariantCulture, $"voice/{id}");

    protected override string Did(string act) => words[$"Undo.{act}"];

    protected override string Counted(int count) => words["UndoCases", count];

    /// <summary>Not known: that somebody changed it may mean its reporter.</summary>
    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => Task.FromResult<string?>(null);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<VoiceMemento>(before)!;
        var sent = await db.VoiceCases.FirstAsync(c => c.Id == id, ct);
        if (await work.IsMineAsync(db, id, ct)) throw Rejected.Because<VoiceText>("OwnCase");
        _user.Actor.Demand(VoiceVerb.Undo, isReporter: false);
        // Each verb writes an entry; what the board says of a case is none of its timeline.
        if (sent.EventCount == was.EventCount)
        {
            await ReturnPublicationAsync(db, id, was.Published, now, ct);
            return;
        }
        var verb = await db.VoiceEvents.Where(e => e.CaseId == id).OrderByDescending(e => e.Id).Select(e => e.Verb).FirstAsync(ct);
        if (sent.LeadId != was.LeadId)
        {
            await CountAsync(was.LeadId, +1);
            await CountAsync(sent.LeadId, -1);
        }
        sent.Undo(_user.PersonId, verb, was, now);
        await LeaveEndedAsync(db, sent, ct);
        sent.Recalculate(await work.TimesAsync(db, ct), now);

        async Task CountAsync(long? lead, int by)
        {
            if (lead is { } known) (await db.VoiceCases.FirstAsync(c => c.Id == known, ct)).CountMembers(by);
        }
    }

    /// <summary>What was not on the board before goes off it.</summary>
    private static async Task ReturnPublicationAsync(
        LogisticsDb db, long caseId, VoicePublicationMemento? before, DateTimeOffset now, CancellationToken ct)
    {
        var published = await db.VoicePublications.SingleAsync(p => p.CaseId == caseId, ct);
        if (before is null) published.Retire(now);
        else published.Return(before);
        db.Announce(new KeyChanged(VoiceTopics.Board, published.Id));
    }

    /// <summary>An open case stands in no list when it is grouped under one that is not open: it goes on alone.</summary>
    private static async Task LeaveEndedAsync(LogisticsDb db, VoiceCase sent, CancellationToken ct)
    {
        if (!sent.State.IsOpen() || sent.LeadId is not { } known) return;
        var lead = await db.VoiceCases.FirstAsync(c => c.Id == known, ct);
        if (lead.State.IsOpen()) return;
        lead.CountMembers(-1);
        sent.LeaveGroup();
    }
}
