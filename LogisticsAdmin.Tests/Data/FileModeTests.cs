using System.Diagnostics;
using System.Runtime.Versioning;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

[UnsupportedOSPlatform("windows")]
public sealed class FileModeTests : IDisposable
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _directory = TestHost.NewDirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Storage => Path.Combine(_directory, "storage");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Nobody_else_can_read_what_the_app_writes_whatever_the_umask()
    {
        var backup = Path.Combine(_directory, "backup.zip");
        using (var app = StartWithoutUmask("--urls", "http://127.0.0.1:0"))
        {
            while (await app.StandardOutput.ReadLineAsync(Ct) is { } line && !line.Contains("setup-code.txt", StringComparison.Ordinal)) { }
            using (var command = StartWithoutUmask("backup", backup)) await command.WaitForExitAsync(Ct);

            string[] written = [Storage, backup, .. Directory.EnumerateFileSystemEntries(Storage, "*", SearchOption.AllDirectories)];
            Assert.Contains(written, path => path.EndsWith("logistics.db-wal", StringComparison.Ordinal));
            Assert.Contains(written, path => path.Contains("/keys/key-", StringComparison.Ordinal));
            Assert.All(written, path => Assert.Equal((path, UnixFileMode.None), (path, File.GetUnixFileMode(path) & Others)));
            app.Kill(entireProcessTree: true);
            await app.WaitForExitAsync(Ct);
        }
    }

    [Fact]
    public async Task A_start_takes_the_rights_of_others_from_an_older_storage()
    {
        var storage = await TestHost.NewStorageAsync();
        var database = Path.Combine(storage, "logistics.db");
        File.SetUnixFileMode(storage, File.GetUnixFileMode(storage) | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(database, File.GetUnixFileMode(database) | UnixFileMode.GroupWrite | UnixFileMode.OtherRead);

        await (await TestHost.StartAsync(storage)).DisposeAsync();

        Assert.Equal(UnixFileMode.None, (File.GetUnixFileMode(storage) | File.GetUnixFileMode(database)) & Others);
        TestHost.DropStorage(storage);
    }

    private Process StartWithoutUmask(params string[] words)
    {
        var app = Path.Combine(AppContext.BaseDirectory, "LogisticsAdmin.dll");
        var start = new ProcessStartInfo("/bin/sh", ["-c", "umask 000; exec dotnet \"$0\" \"$@\"", app, .. words])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["Storage__Directory"] = Storage;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return Process.Start(start)!;
    }
}
