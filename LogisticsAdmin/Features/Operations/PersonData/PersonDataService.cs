using System.IO.Compression;
using LogisticsAdmin.Data;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Operations.PersonData;

/// <summary>
/// Everything about one person as a zip: a workbook for each kind of data, and their pictures. Administrators export anybody, everybody
/// themselves; somebody else's is refused as <see cref="Forbidden"/>.
/// </summary>
public sealed class PersonDataService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PersonDataSheets sheets, MediaStore media, OfficeTime office, TimeProvider clock)
{
    /// <summary>How often somebody who is no administrator exports their data within 24 hours.</summary>
    public const int PerDay = 5;

    /// <summary>
    /// Records the export in the audit log, writes the zip to a temporary file and returns it for reading. It is deleted when it is closed.
    /// Refuses more than <see cref="PerDay"/> exports of one's own data.
    /// </summary>
    public async Task<Stream> ExportAsync(long personId, CancellationToken ct = default)
    {
        if (user.PersonId != personId) user.Actor.DemandOperations();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(token => RecordAsync(db, personId, token), ct);
        return await WriteAsync(db, personId, ct);
    }

    private async Task RecordAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        const string field = "DataExport";
        if (!await db.Users.AnyAsync(p => p.Id == personId && p.AnonymisedAt == null, ct)) throw new NotFound();
        var since = clock.GetUtcNow().AddDays(-1);
        var recent = db.Audit.Where(a => a.Entity == nameof(Person) && a.EntityId == personId && a.At > since && a.Field == field && a.ActorId == personId);
        if (!user.Actor.Is(Role.Administrator) && await recent.CountAsync(ct) >= PerDay) throw Rejected.Because<PersonDataText>("TooManyExports", PerDay);
        db.Audit.Add(new AuditEntry
        {
            Entity = nameof(Person),
            EntityId = personId,
            Field = field,
            New = "zip",
            At = clock.GetUtcNow(),
            ActorId = user.PersonId,
        });
    }

    private async Task<Stream> WriteAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        // A slow connection must not keep the database's log from shrinking, so the file is complete before it is sent.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        try
        {
            await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                // Notes of the office are not for residents, not even those that they wrote as staff.
                var seesInternal = user.Actor.IsStaff;
                var writer = new ExportWriter(office);
                foreach (var sheet in sheets.Of(db, personId, seesInternal, isOwn: user.PersonId == personId))
                {
                    // Workbooks are compressed already.
                    await using var to = await zip.CreateEntry($"{sheet.File}.xlsx", CompressionLevel.NoCompression).OpenAsync(ct);
                    await writer.WriteXlsxAsync(to, sheet.Title, sheet.Columns, sheet.Rows, ct);
                }
                if (await db.Set<PersonPicture>().Where(p => p.PersonId == personId).Select(p => p.Jpeg).FirstOrDefaultAsync(ct) is { } portrait)
                    await CopyAsync(zip, "portrait.jpg", new MemoryStream(portrait), ct);
                foreach (var (name, key) in await sheets.PhotosAsync(db, personId, seesInternal, ct))
                    if (media.OpenRead(key, thumbnail: false) is { } photo) await CopyAsync(zip, $"photos/{name}.jpg", photo, ct);
            }
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task CopyAsync(ZipArchive zip, string name, Stream from, CancellationToken ct)
    {
        await using (from)
        await using (var to = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(ct))
        {
            await from.CopyToAsync(to, ct);
        }
    }
}
