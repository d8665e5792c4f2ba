using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>The limits of cases: everybody signed in reads them, the management changes them. What was sent before keeps its own.</summary>
public sealed class VoiceLevelService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, VoiceLevelsUndo undo)
{
    private const int MinutesPerHour = 60;

    private static readonly VoiceLevelFormValidator Rules = new();

    /// <summary>All limits, those in force first.</summary>
    public async Task<IReadOnlyList<VoiceLevelRow>> ReadAsync(CancellationToken ct = default)
    {
        _ = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.VoiceLevels.AsNoTracking().OrderByDescending(l => l.From)
            .Select(l => new VoiceLevelRow(l.Id, l.AnswerMinutes / MinutesPerHour, l.SettleMinutes / MinutesPerHour, l.From, l.Until, l.Why)).ToListAsync(ct);
    }

    /// <summary>Ends the limits in force and begins others, for what is sent from now on. Refused as Stale when somebody else did meanwhile.</summary>
    public async Task SetAsync(VoiceLevelForm form, CancellationToken ct = default)
    {
        user.Actor.DemandVoiceOffice();
        user.Actor.DemandManagement();
        Rules.Demand(form);
        long? step = null;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandManagement();
            step = await undo.RecordAsync(db, "Limits", VoiceLevelsUndo.Limits, () => ReplaceAsync(db, form, token), token);
        }, ct);
        undo.Offer(step);
    }

    private async Task ReplaceAsync(LogisticsDb db, VoiceLevelForm form, CancellationToken ct)
    {
        var now = office.Now;
        var current = await db.VoiceLevels.SingleAsync(l => l.Until == null, ct);
        if (current.Id != form.LevelId) throw new Stale(await db.LastChangedByAsync<VoiceLevel>(current.Id, ct), null);
        var (answer, settle) = (form.AnswerHours!.Value * MinutesPerHour, form.SettleHours!.Value * MinutesPerHour);
        if ((current.AnswerMinutes, current.SettleMinutes) == (answer, settle)) throw Rejected.Because<VoiceText>("NothingChanged");
        current.End(now);
        db.VoiceLevels.Add(new VoiceLevel(answer, settle, now, string.IsNullOrWhiteSpace(form.Why) ? null : form.Why.Trim()));
        db.Announce(new KeyChanged(VoiceTopics.Levels, current.Id));
    }
}

/// <summary>Limits in hours.</summary>
public sealed record VoiceLevelRow(long Id, int AnswerHours, int SettleHours, DateTimeOffset From, DateTimeOffset? Until, string? Why);
