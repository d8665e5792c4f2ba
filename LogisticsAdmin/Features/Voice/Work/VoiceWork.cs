using LogisticsAdmin.Data;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>What all verbs on cases share: who may, the limits, the photos that are sent along. Called inside the caller's write.</summary>
public sealed class VoiceWork(CurrentUser user, ServiceClockCache clocks)
{
    /// <summary>The clocks with all limits, past ones included.</summary>
    public async Task<VoiceTimes> TimesAsync(LogisticsDb db, CancellationToken ct) =>
        new(await clocks.CurrentAsync(ct), await db.VoiceLevels.AsNoTracking().ToListAsync(ct));

    /// <summary>Whether the acting person sent the case. Asked about themselves only.</summary>
    public async Task<bool> IsMineAsync(LogisticsDb db, long caseId, CancellationToken ct)
    {
        var me = user.Actor.PersonId;
        return me is not null && await db.VoiceReporters.AnyAsync(r => r.CaseId == caseId && r.PersonId == me, ct);
    }

    /// <summary>Whether the acting person sent one of these cases, of which there are few.</summary>
    public async Task<bool> IsAnyMineAsync(LogisticsDb db, IReadOnlyCollection<long> caseIds, CancellationToken ct)
    {
        var me = user.Actor.PersonId;
        return me is not null && await db.VoiceReporters.AnyAsync(r => r.PersonId == me && caseIds.Contains(r.CaseId), ct);
    }

    /// <summary>The case, if the acting person may perform the verb on it.</summary>
    /// <exception cref="NotFound">There is none, or they may not see it.</exception>
    /// <exception cref="Forbidden">They may not perform the verb.</exception>
    public async Task<VoiceCase> OpenAsync(LogisticsDb db, long id, VoiceVerb verb, CancellationToken ct)
    {
        var sent = await db.VoiceCases.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();
        user.Actor.Demand(verb, await IsMineAsync(db, id, ct));
        return sent;
    }

    /// <summary>Binds uploads to the entry that they were sent with.</summary>
    public static async Task BindAsync(LogisticsDb db, VoiceCase sent, VoiceEvent written, IReadOnlyList<Guid> keys, CancellationToken ct) =>
        Attach(db, await UploadsAsync(db, keys, ct), sent, written);

    /// <summary>The uploads with these keys, none of which was sent with anything yet.</summary>
    public static async Task<IReadOnlyList<VoicePhoto>> UploadsAsync(LogisticsDb db, IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return [];
        if (keys.Count > VoiceLimits.Photos) throw Rejected.At<VoiceText>(nameof(VoiceSubmitForm.Photos), "TooManyPhotos", VoiceLimits.Photos);
        var photos = await db.VoicePhotos.Where(p => keys.Contains(p.Key) && p.CaseId == null && p.EventId == null).OrderBy(p => p.Id).ToListAsync(ct);
        if (photos.Count != keys.Distinct().Count()) throw Rejected.At<VoiceText>(nameof(VoiceSubmitForm.Photos), "UnknownPhoto");
        return photos;
    }

    /// <summary>Binds these uploads to an entry; those that another entry of the same write has are bound to both.</summary>
    public static void Attach(LogisticsDb db, IReadOnlyList<VoicePhoto> photos, VoiceCase sent, VoiceEvent written)
    {
        foreach (var photo in photos)
        {
            if (photo.Case is null) photo.AttachTo(sent, written);
            else db.VoicePhotos.Add(photo.CopyFor(sent, written));
        }
    }

    /// <summary>Whether a text has one of these words: the name, number or phone of somebody.</summary>
    public static bool Names(string? text, params string?[] words) =>
        text is not null && words.Any(w => !string.IsNullOrEmpty(w) && text.Contains(w, StringComparison.OrdinalIgnoreCase));
}
