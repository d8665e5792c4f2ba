using LogisticsAdmin.Media;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class PhotoStoreTests : IDisposable
{
    private static readonly Guid Id = Guid.Parse("ab12cd34-0000-4000-8000-00000000ef56");
    private static readonly ProcessedPhoto Photo = new([1, 2, 3, 4], [5, 6], 4, 1);

    private readonly string _storage = Directory.CreateTempSubdirectory("photos-").FullName;
    private readonly PhotoStore _store;

    public PhotoStoreTests() => _store = new PhotoStore(_storage);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_storage, recursive: true);

    [Fact]
    public async Task A_saved_photo_is_read_back_from_its_shard()
    {
        await _store.SaveAsync(Id, Photo, Stop);

        Assert.Equal(Photo.Full, await ReadAsync(Id, thumbnail: false));
        Assert.Equal(Photo.Thumbnail, await ReadAsync(Id, thumbnail: true));
        Assert.True(_store.Exists(Id));
        Assert.Equal(
            ["ab/ab12cd3400004000800000000000ef56.jpg", "ab/ab12cd3400004000800000000000ef56.thumb.jpg"],
            FilesUnder(Path.Combine(_storage, "uploads", "photos")));
    }

    [Fact]
    public async Task A_second_save_replaces_the_first()
    {
        await _store.SaveAsync(Id, Photo, Stop);
        await _store.SaveAsync(Id, Photo with { Full = [9] }, Stop);

        Assert.Equal([9], await ReadAsync(Id, thumbnail: false));
    }

    [Fact]
    public void What_was_never_saved_is_absent_and_deleting_it_is_no_error()
    {
        Assert.Null(_store.OpenRead(Id, thumbnail: false));
        Assert.Null(_store.OpenRead(Id, thumbnail: true));
        Assert.False(_store.Exists(Id));
        Assert.Empty(_store.All());
        Assert.Equal(0, _store.Sweep());
        _store.Delete(Id);
    }

    [Fact]
    public async Task A_deleted_photo_is_gone_and_an_open_one_can_be_read_to_its_end()
    {
        await _store.SaveAsync(Id, Photo, Stop);
        await using var open = _store.OpenRead(Id, thumbnail: false)!;

        _store.Delete(Id);

        Assert.Equal(Photo.Full, await ToArrayAsync(open));
        Assert.Null(_store.OpenRead(Id, thumbnail: false));
        Assert.False(_store.Exists(Id));
        Assert.Empty(FilesUnder(_storage));
        _store.Delete(Id);
    }

    [Fact]
    public async Task All_gives_each_id_once_even_with_half_of_it_missing_and_passes_over_foreign_files()
    {
        var half = Guid.NewGuid();
        await _store.SaveAsync(Id, Photo, Stop);
        await _store.SaveAsync(half, Photo, Stop);
        File.Delete(FileOf(half, ".jpg"));
        await File.WriteAllTextAsync(FileOf(Id, ".jpg") + ".bak.jpg", "", Stop);
        await File.WriteAllTextAsync(Path.Combine(_storage, "uploads", "photos", $"{Guid.NewGuid():N}.jpg"), "", Stop);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(FileOf(Id, ".jpg"))!, "readme.jpg"), "", Stop);

        Assert.Equal(new[] { Id, half }.Order(), _store.All().Order());
        Assert.False(_store.Exists(half));
    }

    [Fact]
    public async Task A_save_that_fails_leaves_nothing_and_keeps_what_was_there()
    {
        await _store.SaveAsync(Id, Photo, Stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.SaveAsync(Id, Photo with { Full = [9] }, new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.SaveAsync(Guid.NewGuid(), Photo, new CancellationToken(true)));

        Assert.Equal(Photo.Full, await ReadAsync(Id, thumbnail: false));
        Assert.Equal(2, FilesUnder(_storage).Length);
    }

    [Fact]
    public async Task While_one_photo_is_saved_over_and_over_no_reader_sees_half_of_it()
    {
        var photos = new[] { (byte)1, (byte)2 }.Select(value => new ProcessedPhoto(Filled(value), Filled(value), 1, 1)).ToArray();
        await _store.SaveAsync(Id, photos[0], Stop);

        var saving = Task.Run(async () =>
        {
            for (var n = 0; n < 40; n++) await _store.SaveAsync(Id, photos[n % 2], Stop);
        }, Stop);
        while (!saving.IsCompleted)
        {
            var bytes = await ReadAsync(Id, thumbnail: false);
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
    public async Task The_sweep_removes_what_a_killed_process_left_and_nothing_else()
    {
        await _store.SaveAsync(Id, Photo, Stop);
        var leftOver = FileOf(Id, ".jpg") + ".0123.4567.tmp";
        await File.WriteAllBytesAsync(leftOver, [1], Stop);

        Assert.False(_store.Exists(Guid.Empty));
        Assert.Equal([Id], _store.All());
        Assert.Equal(1, new PhotoStore(_storage).Sweep());
        Assert.False(File.Exists(leftOver));
        Assert.True(_store.Exists(Id));
    }

    [Fact]
    public async Task The_sweep_spares_saves_under_way()
    {
        var saves = Enumerable.Range(0, 40).Select(_ => (Id: Guid.NewGuid(), Bytes: new byte[100_000])).ToArray();

        var saving = Task.Run(() => Task.WhenAll(saves.Select(save => _store.SaveAsync(save.Id, new(save.Bytes, save.Bytes, 1, 1), Stop))), Stop);
        while (!saving.IsCompleted) Assert.Equal(0, _store.Sweep());
        await saving;

        Assert.All(saves, save => Assert.True(_store.Exists(save.Id)));
    }

    private string FileOf(Guid id, string ending) => Path.Combine(_storage, "uploads", "photos", $"{id:N}"[..2], $"{id:N}{ending}");

    private static string[] FilesUnder(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(directory, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private async Task<byte[]> ReadAsync(Guid id, bool thumbnail)
    {
        await using var stream = _store.OpenRead(id, thumbnail)!;
        return await ToArrayAsync(stream);
    }

    private static async Task<byte[]> ToArrayAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }
}
