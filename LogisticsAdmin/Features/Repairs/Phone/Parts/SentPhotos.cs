using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components.Forms;

namespace LogisticsAdmin.Features.Repairs.Phone.Parts;

/// <summary>The photo part of a posted form: drafts that came back ticked, and new files.</summary>
internal static class SentPhotos
{
    /// <summary>
    /// Takes the files in as drafts and gives the keys of all photos of the form. Each refusal is kept for the form, the good ones stay;
    /// files beyond the limit of a ticket are refused unread.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> KeepAsync(
        this RepairPhotos photos, string form, FormAnswer answer, IEnumerable<Guid>? drafts, IReadOnlyList<IBrowserFile>? files, CancellationToken ct = default)
    {
        List<Guid> keys = [.. drafts?.Distinct() ?? []];
        foreach (var file in files ?? [])
        {
            // A file field left empty is sent as one nameless file of no bytes.
            if (file is { Size: 0, Name: "" }) continue;
            try
            {
                if (keys.Count >= CampusRules.PhotosPerTicket)
                    throw Rejected.At<RepairsText>(nameof(ReportForm.Photos), "TooManyPhotos", CampusRules.PhotosPerTicket);
                await using var upload = file.OpenReadStream(long.MaxValue, ct);
                keys.Add((await photos.KeepAsync(upload, ct)).Key);
            }
            catch (Rejected refused)
            {
                answer.Refuse(form, refused);
            }
        }
        return keys;
    }
}
