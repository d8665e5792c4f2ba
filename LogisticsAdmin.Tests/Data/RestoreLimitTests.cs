using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.Versioning;
using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>Backups that were changed by hand: what they may cost, and what of them is believed.</summary>
public sealed class RestoreLimitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_for_which_the_disk_has_no_room_is_refused_before_anything_is_unpacked()
    {
        await using var host = await TestHost.OpenAsync();
        var file = await BackUpAsync(host, zip =>
        {
            for (var i = 0; i < 5_000; i++) zip.CreateEntry($"uploads/photos/{i}.jpg");
        });
        await SayLengthAsync(file, "uploads/photos/", uint.MaxValue - 1);

        var refused = await Assert.ThrowsAsync<StartupProblem>(() => Backups(host).RestoreAsync(file, Ct));

        Assert.Contains("MB are free", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(host.Directory, ".restore")));
    }

    [Fact]
    public async Task An_entry_that_is_shorter_than_it_says_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var file = await BackUpAsync(host, zip => Add(zip, "uploads/photos/cut.jpg", new byte[1_000_000]));
        await SayLengthAsync(file, "uploads/photos/cut.jpg", 2_000_000);

        await Assert.ThrowsAsync<StartupProblem>(() => Backups(host).RestoreAsync(file, Ct));

        Assert.False(Directory.Exists(Path.Combine(host.Directory, ".restore")));
    }

    [Fact]
    public async Task An_entry_is_unpacked_no_further_than_the_length_it_says()
    {
        var storage = await TestHost.NewStorageAsync();
        await using (var host = await TestHost.StartAsync(storage))
        {
            var file = await BackUpAsync(host, zip => Add(zip, "uploads/photos/ab/bomb.jpg", new byte[1_000_000]));
            await SayLengthAsync(file, "uploads/photos/ab/bomb.jpg", 10);
            await Backups(host).RestoreAsync(file, Ct);
        }

        Assert.Equal(10, new FileInfo(Path.Combine(storage, "uploads/photos/ab/bomb.jpg")).Length);
        TestHost.DropStorage(storage);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task File_modes_are_not_taken_from_the_zip()
    {
        var storage = await TestHost.NewStorageAsync();
        await using (var host = await TestHost.StartAsync(storage))
        {
            var file = await BackUpAsync(host, zip => Add(zip, "uploads/photos/ab/run.jpg", [1]).ExternalAttributes = Convert.ToInt32("100777", 8) << 16);
            await Backups(host).RestoreAsync(file, Ct);
        }

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(storage, "uploads/photos/ab/run.jpg")) & UnixFileMode.UserExecute);
        TestHost.DropStorage(storage);
    }

    private static Backups Backups(TestHost host) => host.Services.GetRequiredService<Backups>();

    private static async Task<string> BackUpAsync(TestHost host, Action<ZipArchive> change)
    {
        var file = Path.Combine(host.Directory, "backup.zip");
        await Backups(host).WriteAsync(file, ct: Ct);
        await using var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update, Ct);
        change(zip);
        return file;
    }

    private static ZipArchiveEntry Add(ZipArchive zip, string name, byte[] bytes)
    {
        var entry = zip.CreateEntry(name);
        using var stream = entry.Open();
        stream.Write(bytes);
        return entry;
    }

    /// <summary>Changes the length in the zip's directory, which readers believe, of the entries whose names begin like this.</summary>
    private static async Task SayLengthAsync(string file, string name, uint length)
    {
        const int lengthAt = 24, nameAt = 46;
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        var wanted = System.Text.Encoding.UTF8.GetBytes(name);
        for (var at = 0; (at = Next(bytes, at)) >= 0; at += nameAt)
        {
            if (bytes.AsSpan(at + nameAt).StartsWith(wanted)) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + lengthAt), length);
        }
        await File.WriteAllBytesAsync(file, bytes, Ct);
    }

    private static int Next(byte[] bytes, int from) =>
        bytes.AsSpan(from).IndexOf("PK\u0001\u0002"u8) is var found and >= 0 ? from + found : -1;
}
