namespace LogisticsAdmin.Media;

/// <summary>
/// Keeps photos as files under <c>uploads/photos</c> of the storage directory, in a folder per first two hex digits of the id.
/// A file is there whole or not at all, even when the process is killed. One store per process; callers may come at once.
/// </summary>
public sealed class PhotoStore(string storageDirectory)
{
    private const string FullEnding = ".jpg";
    private const string ThumbnailEnding = ".thumb.jpg";
    private const string TempEnding = ".tmp";

    private readonly string _directory = Path.GetFullPath(Path.Combine(storageDirectory, "uploads", "photos"));

    // Tells the temporary files of this process from those an earlier one left behind.
    private readonly string _run = Guid.NewGuid().ToString("N");

    /// <summary>Writes both pictures to disk before it returns; a photo already kept under the id is replaced.</summary>
    public async Task SaveAsync(Guid id, ProcessedPhoto photo, CancellationToken ct = default)
    {
        var (full, thumbnail) = (PathOf(id, FullEnding), PathOf(id, ThumbnailEnding));
        var (fullTemp, thumbnailTemp) = (TempOf(full), TempOf(thumbnail));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        try
        {
            await WriteAsync(fullTemp, photo.Full, ct);
            await WriteAsync(thumbnailTemp, photo.Thumbnail, ct);
            File.Move(thumbnailTemp, thumbnail, overwrite: true);
            File.Move(fullTemp, full, overwrite: true);
        }
        finally
        {
            File.Delete(fullTemp);
            File.Delete(thumbnailTemp);
        }
    }

    /// <summary>Null when there is no such file. The caller disposes the stream; a photo deleted meanwhile can still be read to its end.</summary>
    public Stream? OpenRead(Guid id, bool thumbnail)
    {
        try
        {
            return new FileStream(PathOf(id, thumbnail ? ThumbnailEnding : FullEnding), new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether both pictures are there.</summary>
    public bool Exists(Guid id) => File.Exists(PathOf(id, FullEnding)) && File.Exists(PathOf(id, ThumbnailEnding));

    /// <summary>Removes both pictures; nothing happens when there are none.</summary>
    public void Delete(Guid id)
    {
        var full = PathOf(id, FullEnding);
        if (!Directory.Exists(Path.GetDirectoryName(full))) return;
        File.Delete(full);
        File.Delete(PathOf(id, ThumbnailEnding));
    }

    /// <summary>Every id of which at least one picture is kept, in no order; foreign files are passed over.</summary>
    public IEnumerable<Guid> All() => Kept(before: null);

    /// <summary>Those of <see cref="All"/> of which a picture was written before this moment.</summary>
    public IEnumerable<Guid> KeptBefore(DateTimeOffset moment) => Kept(moment.UtcDateTime);

    /// <summary>Removes the temporary files of processes that were killed while saving, and says how many; saves under way are not touched.</summary>
    public int Sweep()
    {
        var swept = 0;
        foreach (var path in Files("*" + TempEnding).Where(path => !path.EndsWith(_run + TempEnding, StringComparison.Ordinal)))
        {
            File.Delete(path);
            swept++;
        }
        return swept;
    }

    private IEnumerable<Guid> Kept(DateTime? before)
    {
        HashSet<Guid> seen = [];
        foreach (var path in Files("*" + FullEnding))
        {
            if (before is { } limit && File.GetLastWriteTimeUtc(path) >= limit) continue;
            if (Guid.TryParseExact(Path.GetFileName(path).Split('.')[0], "N", out var id) && IsOurs(path, id) && seen.Add(id)) yield return id;
        }
    }

    private bool IsOurs(string path, Guid id) => path == PathOf(id, FullEnding) || path == PathOf(id, ThumbnailEnding);

    private IEnumerable<string> Files(string pattern) =>
        Directory.Exists(_directory) ? Directory.EnumerateFiles(_directory, pattern, SearchOption.AllDirectories) : [];

    private string PathOf(Guid id, string ending)
    {
        var name = id.ToString("N");
        return Path.Combine(_directory, name[..2], name + ending);
    }

    private string TempOf(string path) => $"{path}.{Guid.NewGuid():N}.{_run}{TempEnding}";

    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken ct)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
            PreallocationSize = bytes.Length,
        });
        await file.WriteAsync(bytes, ct);
        file.Flush(flushToDisk: true);
    }
}
