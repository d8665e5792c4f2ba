using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Voice.Cases;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>The timeline of a case. The names in it are those of colleagues only.</summary>
internal static class VoiceTimeline
{
    public static async Task<IReadOnlyList<VoiceEntry>> ReadAsync(LogisticsDb db, long caseId, bool withInternal, CancellationToken ct)
    {
        var people = db.Users;
        var written = db.VoiceEvents.AsNoTracking().Where(e => e.CaseId == caseId && (withInternal || !e.IsInternal));
        var entries = await written.OrderBy(e => e.Id).Select(e => new VoiceEntry(
            e.Id, e.Verb, e.Side, people.Where(p => p.Id == e.ActorId).Select(p => p.FullName).FirstOrDefault(), e.At, e.To, e.Code,
            people.Where(p => p.Id == e.PersonId).Select(p => p.FullName).FirstOrDefault(), e.Note, e.IsInternal)).ToListAsync(ct);
        var photos = (await db.VoicePhotos.AsNoTracking().Where(p => p.CaseId == caseId).OrderBy(p => p.Id)
            .Select(p => new { p.EventId, Photo = new PhotoRow(p.Key, p.Width, p.Height) }).ToListAsync(ct)).ToLookup(p => p.EventId, p => p.Photo);
        return [.. entries.Select(e => photos.Contains(e.Id) ? e with { Photos = [.. photos[e.Id]] } : e)];
    }
}
