using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// Undo of changed limits, which are one thing whose value is the level in force. A level under which nothing was sent goes; otherwise it ends,
/// because those cases keep it, and the earlier limits begin anew.
/// </summary>
public sealed class VoiceLevelsUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<VoiceText> words)
    : StepUndo(databases, user, clock)
{
    /// <summary>The only thing.</summary>
    internal static readonly long[] Limits = [1];

    protected override string Kind => "voice-levels";

    protected override void Demand(Actor actor)
    {
        actor.DemandVoiceOffice();
        actor.DemandManagement();
    }

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var level = await db.VoiceLevels.AsNoTracking().Where(l => l.Until == null).Select(l => l.Id).SingleAsync(ct);
        return ids.ToDictionary(id => id, _ => JsonSerializer.Serialize(level));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        Task.FromResult(ids.ToDictionary(id => id, _ => words["Levels.Title"].Value));

    protected override string AddressOf(long id) => "settings/voice";

    protected override string Did(string act) => words[$"Undo.{act}"];

    protected override string Counted(int count) => words["UndoLevels", count];

    protected override async Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.LastChangedByAsync<VoiceLevel>(await db.VoiceLevels.Where(l => l.Until == null).Select(l => l.Id).SingleAsync(ct), ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<long>(before);
        var former = await db.VoiceLevels.SingleAsync(l => l.Id == was, ct);
        var current = await db.VoiceLevels.SingleAsync(l => l.Until == null, ct);
        var from = current.From;
        if (await db.VoiceCases.AnyAsync(c => c.SubmittedAt >= from, ct))
        {
            current.End(now);
            db.VoiceLevels.Add(new VoiceLevel(former.AnswerMinutes, former.SettleMinutes, now, former.Why));
        }
        else
        {
            db.VoiceLevels.Remove(current);
            former.Resume();
        }
        db.Announce(new KeyChanged(VoiceTopics.Levels, former.Id));
    }
}
