using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components.Forms;

namespace LogisticsAdmin.Features.Repairs.Phone.Parts;

/// <summary>The photos of a posted form: drafts that are still ticked, and new files.</summary>
internal static class SentPhotos
{
    /// <summary>
    /// Stores the files as drafts and returns the keys of all photos of the form. Refusals are added to the form's answer, accepted files
    /// are kept; files beyond the ticket's limit are refused without being read.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> StoreAsync(
        this RepairPhotos photos, string form, FormAnswer answer, IEnumerable<Guid>? drafts, IReadOnlyList<IBrowserFile>? files, CancellationToken ct = default)
    {
        List<Guid> keys = [.. drafts?.Distinct() ?? []];
        foreach (var file in files ?? [])
        {
            // Browsers send an empty file field as one file without name and content.
            if (file is { Size: 0, Name: "" }) continue;
            try
            {
                if (keys.Count >= CampusRules.PhotosPerTicket)
                    throw Rejected.At<WorkText>(nameof(ReportForm.Photos), "TooManyPhotos", CampusRules.PhotosPerTicket);
                await using var upload = file.OpenReadStream(long.MaxValue, ct);
                keys.Add((await photos.UploadDraftAsync(upload, ct)).Key);
            }
            catch (Rejected refused)
            {
                answer.Refuse(form, refused);
            }
        }
        return keys;
    }
}
