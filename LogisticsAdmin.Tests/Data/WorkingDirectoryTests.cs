using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>The real app in Production, started from a folder that is not its own.</summary>
public sealed class WorkingDirectoryTests : IDisposable
{
    private readonly string _elsewhere = TestHost.NewDirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Storage => Path.Combine(_elsewhere, "storage");

    public void Dispose() => Directory.Delete(_elsewhere, recursive: true);

    [Fact]
    public async Task The_app_serves_its_styles_and_reads_its_settings_from_its_own_folder()
    {
        await File.WriteAllTextAsync(Path.Combine(_elsewhere, "appsettings.json"), """{ "Proxies": { "Trusted": "of another app" } }""", Ct);
        var (app, address) = await AppProcess.ServeAsync(Storage, Ct, _elsewhere);
        await using var _ = app;
        using var browser = new HttpClient { BaseAddress = address };

        var page = await browser.GetStringAsync(new Uri("/Account/Login", UriKind.Relative), Ct);
        var style = page.Split('"').First(part => part.Contains("tokens.", StringComparison.Ordinal) && part.EndsWith(".css", StringComparison.Ordinal));
        var served = await browser.GetByteArrayAsync(new Uri(address, style), Ct);

        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(SourceTree.Top, "LogisticsAdmin/wwwroot/tokens.css"), Ct), served);
        // The app's own settings leave out the log of requests.
        app.Process.Kill();
        var logged = string.Join('\n', app.Printed) + await app.Process.StandardOutput.ReadToEndAsync(Ct);
        Assert.DoesNotContain("Request starting", logged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("storage", "relative to whatever folder")]
    [InlineData("./storage", "relative to whatever folder")]
    [InlineData("", "Storage:Directory is empty")]
    [InlineData(" ", "Storage:Directory is empty")]
    public async Task In_Production_a_storage_directory_is_named_completely_or_refused(string directory, string words)
    {
        var result = await AppProcess.RunFromAsync(_elsewhere, directory, ["--urls", "http://127.0.0.1:0"], Ct);

        Assert.True(result.ExitCode == 1, result.Output);
        Assert.Contains(words, Assert.Single(result.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere));
    }

    [Theory]
    [InlineData("backup", "backup.zip")]
    [InlineData("check")]
    [InlineData("create-admin", "boss")]
    public async Task Commands_refuse_it_too(params string[] words)
    {
        var result = await AppProcess.RunFromAsync(_elsewhere, "storage", words, Ct);

        Assert.True(result.ExitCode == 1, result.Output);
        Assert.Contains("relative to whatever folder", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_elsewhere));
    }

    [Fact]
    public async Task In_Development_it_may_be_relative_to_the_working_directory()
    {
        var result = await AppProcess.RunFromAsync(
            _elsewhere, "storage", ["create-admin", "boss"], Ct, [("ASPNETCORE_ENVIRONMENT", "Development")]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.True(File.Exists(Path.Combine(Storage, "logistics.db")));
    }
}
