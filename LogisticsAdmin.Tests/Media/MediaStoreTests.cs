using LogisticsAdmin.Media;
using Xunit;

namespace LogisticsAdmin.Tests.Media;

public sealed class MediaStoreTests : IDisposable
{
    private static readonly Guid Key = Guid.Parse("ab12cd34-0000-4000-8000-00000000ef56");
    private static readonly ProcessedPicture Picture = new([1, 2, 3, 4], [5, 6], 4, 1);

    private readonly string _storage = Directory.CreateTempSubdirectory("photos-").FullName;
    private readonly MediaStore _store;

    public MediaStoreTests() => _store = new MediaStore(_storage);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_storage, recursive: true);

    [Fact]
    public async Task A_saved_picture_is_read_back_from_its_folder()
    {
        await _store.SaveAsync(Key, Picture, Stop);

        Assert.Equal(Picture.Full, await ReadAsync(Key, thumbnail: false));
        Assert.Equal(Picture.Thumbnail, await ReadAsync(Key, thumbnail: true));
        Assert.True(_store.Exists(Key));
        Assert.Equal(
            ["ab/ab12cd3400004000800000000000ef56.jpg", "ab/ab12cd3400004000800000000000ef56.thumb.jpg"],
            FilesUnder(Path.Combine(_storage, "uploads", "photos")));
    }

    [Fact]
    public async Task A_second_save_replaces_the_first()
    {
        await _store.SaveAsync(Key, Picture, Stop);
        await _store.SaveAsync(Key, Picture with { Full = [9] }, Stop);

        Assert.Equal([9], await ReadAsync(Key, thumbnail: false));
    }

    [Fact]
    public void What_was_never_saved_is_absent_and_deleting_it_is_no_error()
    {
        Assert.Null(_store.OpenRead(Key, thumbnail: false));
        Assert.Null(_store.OpenRead(Key, thumbnail: true));
        Assert.False(_store.Exists(Key));
        Assert.Empty(_store.All());
        Assert.Equal(0, _store.RemoveLeftovers());
        _store.Delete(Key);
    }

    [Fact]
    public async Task A_deleted_picture_is_gone_and_an_open_one_can_be_read_to_its_end()
    {
        await _store.SaveAsync(Key, Picture, Stop);
        await using var open = _store.OpenRead(Key, thumbnail: false)!;

        _store.Delete(Key);

        Assert.Equal(Picture.Full, await ToArrayAsync(open));
        Assert.Null(_store.OpenRead(Key, thumbnail: false));
        Assert.False(_store.Exists(Key));
        Assert.Empty(FilesUnder(_storage));
        _store.Delete(Key);
    }

    [Fact]
    public async Task All_returns_each_key_once_even_with_one_size_missing_and_skips_files_of_other_names()
    {
        var half = Guid.NewGuid();
        await _store.SaveAsync(Key, Picture, Stop);
        await _store.SaveAsync(half, Picture, Stop);
        File.Delete(FileOf(half, ".jpg"));
        await File.WriteAllTextAsync(FileOf(Key, ".jpg") + ".bak.jpg", "", Stop);
        await File.WriteAllTextAsync(Path.Combine(_storage, "uploads", "photos", $"{Guid.NewGuid():N}.jpg"), "", Stop);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(FileOf(Key, ".jpg"))!, "readme.jpg"), "", Stop);

        Assert.Equal(new[] { Key, half }.Order(), _store.All().Order());
        Assert.False(_store.Exists(half));
    }

    [Fact]
    public async Task A_save_that_fails_leaves_nothing_and_keeps_what_was_there()
    {
        await _store.SaveAsync(Key, Picture, Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.SaveAsync(Key, Picture with { Full = [9] }, new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.SaveAsync(Guid.NewGuid(), Picture, new CancellationToken(true)));

        Assert.Equal(Picture.Full, await ReadAsync(Key, thumbnail: false));
        Assert.Equal(2, FilesUnder(_storage).Length);
    }

    [Fact]
    public async Task While_one_picture_is_saved_over_and_over_no_reader_sees_half_of_it()
    {
        var pictures = new[] { (byte)1, (byte)2 }.Select(value => new ProcessedPicture(Filled(value), Filled(value), 1, 1)).ToArray();
        await _store.SaveAsync(Key, pictures[0], Stop);

        var saving = Task.Run(async () =>
        {
            for (var n = 0; n < 40; n++) await _store.SaveAsync(Key, pictures[n % 2], Stop);
        }, Stop);
        while (!saving.IsCompleted)
        {
            var bytes = await ReadAsync(Key, thumbnail: false);
            Assert.Equal(200_000, bytes.Length);
            Assert.Single(bytes.Distinct());
        }
        await saving;

        static byte[] Filled(byte value)
        {
            var bytes = new byte[200_000];
            Array.Fill(bytes, value);
            return bytes;
        }
    }

    [Fact]
    public async Task Leftovers_of_a_killed_process_are_removed_and_nothing_else()
    {
        await _store.SaveAsync(Key, Picture, Stop);
        var leftOver = FileOf(Key, ".jpg") + ".0123.4567.tmp";
        await File.WriteAllBytesAsync(leftOver, [1], Stop);

        Assert.False(_store.Exists(Guid.Empty));
        Assert.Equal([Key], _store.All());
        Assert.Equal(1, new MediaStore(_storage).RemoveLeftovers());
        Assert.False(File.Exists(leftOver));
        Assert.True(_store.Exists(Key));
    }

    [Fact]
    public async Task Leftovers_are_not_looked_for_among_saves_in_progress()
    {
        var saves = Enumerable.Range(0, 40).Select(_ => (Key: Guid.NewGuid(), Bytes: new byte[100_000])).ToArray();

        var saving = Task.Run(() => Task.WhenAll(saves.Select(save => _store.SaveAsync(save.Key, new(save.Bytes, save.Bytes, 1, 1), Stop))), Stop);
        while (!saving.IsCompleted) Assert.Equal(0, _store.RemoveLeftovers());
        await saving;

        Assert.All(saves, save => Assert.True(_store.Exists(save.Key)));
    }

    private string FileOf(Guid key, string ending) => Path.Combine(_storage, "uploads", "photos", $"{key:N}"[..2], $"{key:N}{ending}");

    private static string[] FilesUnder(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private async Task<byte[]> ReadAsync(Guid key, bool thumbnail)
    {
        await using var stream = _store.OpenRead(key, thumbnail)!;
        return await ToArrayAsync(stream);
    }

    private static async Task<byte[]> ToArrayAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }
}
