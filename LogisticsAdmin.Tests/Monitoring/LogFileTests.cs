using System.Text.Json;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Monitoring;

public sealed class LogFileTests : IDisposable
{
    private readonly string _directory = TestHost.NewDirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Storage => Path.Combine(_directory, "storage");
    private string Logs => Path.Combine(_directory, "logs");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_folder_for_log_files_gets_one_of_the_day_for_the_app_s_user_alone_and_keeps_no_more_than_was_set()
    {
        Directory.CreateDirectory(Logs);
        for (var day = 1; day <= 4; day++) await File.WriteAllTextAsync(Path.Combine(Logs, $"logistics-2026010{day}.json"), "{}", Ct);

        var (app, address) = await AppProcess.ServeAsync(Storage, Ct, null, ("LogFile__Directory", Logs), ("LogFile__Files", "3"));
        await using (app)
        {
            using var client = new HttpClient { BaseAddress = address };
            (await client.GetAsync("/Account/Login", Ct)).Dispose();
            app.Terminate();
            await app.Process.WaitForExitAsync(Ct);
        }

        var files = Directory.GetFiles(Logs).Order().ToList();
        Assert.Equal(["logistics-20260103.json", "logistics-20260104.json"], files[..^1].Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files[^1]));
        var entries = (await File.ReadAllLinesAsync(files[^1], Ct)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(entries, e => e.TryGetProperty("Route", out var route) && route.GetString() == "/Account/Login");
    }

    [Theory]
    [InlineData("logs", "LogFile:Directory must be an absolute path")]
    [InlineData("/proc/logs", "A file or folder can't be used")]
    public async Task A_folder_that_cannot_be_used_is_told_at_the_start(string folder, string words)
    {
        var result = await AppProcess.RunAsync(Storage, ["--urls", "http://127.0.0.1:0"], Ct, ("LogFile__Directory", folder));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
