using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>
/// Pictures and attachments of items. Those who may publish add and take them out, and see them always; readers get them while the item is
/// readable and addresses them. Refuses at <see cref="Field"/>.
/// </summary>
public sealed class NewsUploads(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PictureProcessor pictures, MediaStore pictureStore, FileStore fileStore,
    NewsBoard board, ReaderFactsCache facts) : IMediaOwner, IFileOwner
{
    /// <summary>The field of the editor at which an upload is refused.</summary>
    public const string Field = "Files";

    // A picture that no text shows yet is looked for in the texts only so long; later it stays.
    private static readonly TimeSpan Watched = TimeSpan.FromDays(7);

    private const int Batch = 200;

    /// <summary>Stores a picture: shrunk and encoded anew, without what a camera wrote into it.</summary>
    public async Task<NewsFileRow> AddPictureAsync(long itemId, string? name, Stream upload, CancellationToken ct = default)
    {
        await DemandRoomAsync(itemId, ct);
        ProcessedPicture picture;
        try
        {
            picture = await pictures.ProcessAsync(upload, ct);
        }
        catch (PictureRefusedException refused)
        {
            throw refused.At(Field);
        }
        var key = Guid.NewGuid();
        await pictureStore.SaveAsync(key, picture, ct);
        try
        {
            return await AddAsync(itemId, key, name, picture.Full.Length, isPicture: true, ct);
        }
        catch
        {
            pictureStore.Delete(key);
            throw;
        }
    }

    /// <summary>Stores an attachment as it is, if <see cref="FileKinds"/> accepts it and it is not over <see cref="NewsLimits.FileBytes"/>.</summary>
    public async Task<NewsFileRow> AddFileAsync(long itemId, string? name, Stream upload, CancellationToken ct = default)
    {
        await DemandRoomAsync(itemId, ct);
        var safe = FileKinds.SafeName(name, NewsLimits.FileName);
        var bytes = await ReadAsync(upload, ct) ?? throw Rejected.At<WritingText>(Field, "FileTooLarge", NewsLimits.FileBytes / 1024 / 1024);
        if (bytes.Length == 0) throw Rejected.At<WritingText>(Field, "FileEmpty");
        if (!FileKinds.Accepts(safe, bytes.Span)) throw Rejected.At<WritingText>(Field, "FileKind");
        var key = Guid.NewGuid();
        await fileStore.SaveAsync(key, bytes, ct);
        try
        {
            return await AddAsync(itemId, key, safe, bytes.Length, isPicture: false, ct);
        }
        catch
        {
            fileStore.Delete(key);
            throw;
        }
    }

    /// <summary>Takes an attachment out; from a published item with its next correction.</summary>
    public async Task RemoveAsync(long itemId, Guid key, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var state = await DemandOpenAsync(db, itemId, token);
            var file = await db.NewsFiles.SingleOrDefaultAsync(f => f.ItemId == itemId && f.Key == key && !f.IsPicture, token) ?? throw new NotFound();
            if (state == NewsState.Published && file.Pending != PendingFileChange.Add) file.RemoveLater();
            else file.Remove(clock.GetUtcNow());
            db.Announce(new KeyChanged(NewsTopics.Drafts, itemId));
        }, ct);
    }

    /// <summary>A correction is given up: its attachments are as readers see them.</summary>
    public async Task DropPendingAsync(long itemId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            await DemandOpenAsync(db, itemId, token);
            var files = await db.NewsFiles.Where(f => f.ItemId == itemId && f.Pending != null).ToListAsync(token);
            foreach (var file in files) file.DropPending(clock.GetUtcNow());
            if (files.Count > 0) db.Announce(new KeyChanged(NewsTopics.Drafts, itemId));
        }, ct);
    }

    public async Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct) => await FindAsync(key, isPicture: true, actor, ct) is not null;

    public Task<string?> NameForAsync(Guid key, Actor actor, CancellationToken ct) => FindAsync(key, isPicture: false, actor, ct);

    IQueryable<MediaReference> IMediaOwner.References(LogisticsDb db) =>
        db.NewsFiles.Where(f => f.IsPicture).Select(f => new MediaReference { Id = f.Id, Key = f.Key });

    IQueryable<FileReference> IFileOwner.References(LogisticsDb db) =>
        db.NewsFiles.Where(f => !f.IsPicture).Select(f => new FileReference { Id = f.Id, Key = f.Key, Length = f.Length });

    /// <summary>Pictures that no revision shows and that are no cover.</summary>
    public async Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var since = before - Watched;
        var candidates = await db.NewsFiles.AsNoTracking().Where(f => f.IsPicture && f.UploadedAt < before && f.UploadedAt > since)
            .OrderByDescending(f => f.Id).Take(Batch).Select(f => new { f.Id, f.ItemId, f.Key }).ToListAsync(ct);
        List<long> unused = [];
        var revisions = db.Set<NewsRevision>();
        foreach (var file in candidates)
        {
            var address = $"{file.Key:N}";
            var dashed = file.Key.ToString();
            if (await db.NewsItems.AnyAsync(i => i.Id == file.ItemId && i.CoverKey == file.Key, ct)) continue;
            var isShown = await revisions.AnyAsync(r => r.ItemId == file.ItemId
                && (r.Body.Contains(address) || r.BodyEn.Contains(address) || r.Body.Contains(dashed) || r.BodyEn.Contains(dashed)), ct);
            if (!isShown) unused.Add(file.Id);
        }
        return await DeleteAsync(db, unused, ct);
    }

    /// <summary>Attachments that were taken out.</summary>
    public async Task<IReadOnlyCollection<Guid>> DeleteUnusedAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var removed = await db.NewsFiles.AsNoTracking().Where(f => !f.IsPicture && f.RemovedAt != null && f.RemovedAt < before)
            .OrderBy(f => f.Id).Take(Batch).Select(f => f.Id).ToListAsync(ct);
        return await DeleteAsync(db, removed, ct);
    }

    private static async Task<IReadOnlyCollection<Guid>> DeleteAsync(LogisticsDb db, List<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        return await db.WriteAsync(async token =>
        {
            var rows = await db.NewsFiles.Where(f => ids.Contains(f.Id)).ToListAsync(token);
            db.NewsFiles.RemoveRange(rows);
            return rows.ConvertAll(f => f.Key);
        }, ct);
    }

    private async Task<string?> FindAsync(Guid key, bool isPicture, Actor actor, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var file = await db.NewsFiles.AsNoTracking().Where(f => f.Key == key && f.IsPicture == isPicture && f.RemovedAt == null)
            .Select(f => new { f.ItemId, f.Name, f.Pending }).SingleOrDefaultAsync(ct);
        if (file is null) return null;
        if (await db.MayPublishAsync(actor, ct)) return file.Name;
        if (file.Pending == PendingFileChange.Add) return null;
        // The board holds what is published or expired, and is renewed before a withdrawal is answered.
        var snapshot = await board.CurrentAsync(ct);
        if (snapshot.Find(file.ItemId) is not { } item) return null;
        return actor.IsOffice || (await facts.OfAsync(actor, ct) is { } reader && snapshot.Addresses(item, reader)) ? file.Name : null;
    }

    private async Task DemandRoomAsync(long itemId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandOpenAsync(db, itemId, ct);
        await DemandFewAsync(db, itemId, ct);
    }

    private async Task<NewsState> DemandOpenAsync(LogisticsDb db, long itemId, CancellationToken ct)
    {
        await db.DemandPublisherAsync(user.Actor, ct);
        var item = await db.NewsItems.AsNoTracking().Where(i => i.Id == itemId).Select(i => new { i.State, i.Number }).SingleOrDefaultAsync(ct)
            ?? throw new NotFound();
        if (item.State is not (NewsState.Draft or NewsState.Published)) throw Rejected.Because<NewsText>("NotPossible", item.Number);
        return item.State;
    }

    private static async Task DemandFewAsync(LogisticsDb db, long itemId, CancellationToken ct)
    {
        if (await db.NewsFiles.CountAsync(f => f.ItemId == itemId && f.RemovedAt == null, ct) >= NewsLimits.Files)
            throw Rejected.At<WritingText>(Field, "TooManyFiles", NewsLimits.Files);
    }

    private async Task<NewsFileRow> AddAsync(long itemId, Guid key, string? name, long length, bool isPicture, CancellationToken ct)
    {
        var safe = FileKinds.SafeName(name, NewsLimits.FileName);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var state = await DemandOpenAsync(db, itemId, token);
            await DemandFewAsync(db, itemId, token);
            var file = new NewsFile(itemId, key, safe, length, isPicture, user.PersonId, clock.GetUtcNow());
            // A picture is seen where the text shows it, which changes with a correction only.
            if (state == NewsState.Published && !isPicture) file.AddLater();
            db.NewsFiles.Add(file);
            db.Announce(new KeyChanged(NewsTopics.Drafts, itemId));
        }, ct);
        return new NewsFileRow(key, safe, length, isPicture);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream upload, CancellationToken ct)
    {
        using var held = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await upload.ReadAsync(chunk, ct) is var read and > 0)
        {
            if (held.Length + read > NewsLimits.FileBytes) return null;
            held.Write(chunk.AsSpan(0, read));
        }
        return held.GetBuffer().AsMemory(0, (int)held.Length);
    }
}
