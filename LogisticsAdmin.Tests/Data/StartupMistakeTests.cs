using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>The real app, started with a mistake: one sentence on standard error, no stack trace anywhere, and exit code 1.</summary>
public sealed class StartupMistakeTests : IDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";
    private readonly string _directory = TestHost.NewDirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Storage => Path.Combine(_directory, "storage");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_port_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var result = await AppProcess.RunAsync(Storage, ["--urls", $"http://{other.LocalEndpoint}"], Ct);

        AssertOneSentence(result, "address already in use");
    }

    [Theory]
    [InlineData("nonsense", "Invalid url: 'nonsense'")]
    [InlineData("http://127.0.0.1:70000", "The app can't listen")]
    [InlineData("http://192.0.2.1:5080", "The app can't listen")]
    public async Task An_address_that_cannot_be_listened_on(string address, string words) =>
        AssertOneSentence(await AppProcess.RunAsync(Storage, ["--urls", address], Ct), words);

    [Theory]
    [InlineData("Office__TimeZone", "nowhere/at-all", "Office:TimeZone is \"nowhere/at-all\"")]
    [InlineData("Office__TimeZone", "", "Office:TimeZone is \"\"")]
    [InlineData("Office__Address", "repairs.example.edu", "Office:Address is \"repairs.example.edu\"")]
    [InlineData("Mail__Host", "smtp.example.edu", "Mail:From is \"\"")]
    [InlineData("Mail__Security", "Maybe", "'Maybe' at 'Mail:Security'")]
    [InlineData("Robots__AllowedOrigins__0", "robots.example.edu", "Robots:AllowedOrigins contains \"robots.example.edu\"")]
    [InlineData("Outbox__KeepDays", "0", "Outbox:KeepDays is 0")]
    [InlineData("Metrics__Token", "guessable", "Metrics:Token must have at least 16 characters")]
    [InlineData("PathBase", "logistics", "PathBase is \"logistics\"")]
    [InlineData("PathBase", "/logistics/", "PathBase is \"/logistics/\"")]
    [InlineData("PathBase", "/a?b", "PathBase is \"/a?b\"")]
    [InlineData("PathBase", "/../a", "PathBase is \"/../a\"")]
    [InlineData("Live__Gather", "soon", "'soon' at 'Live:Gather'")]
    [InlineData("Storage__SynchronousFull", "often", "'often' at 'Storage:SynchronousFull'")]
    [InlineData("Kestrel__Endpoints__Web__Url", "https://127.0.0.1:0", "nowhere.pfx")]
    public async Task A_setting_that_cannot_be_read(string setting, string value, string words)
    {
        var result = await AppProcess.RunAsync(
            Storage, ["--urls", AnyPort], Ct, (setting, value), ("Kestrel__Endpoints__Web__Certificate__Path", "/nowhere.pfx"));

        AssertOneSentence(result, words);
    }

    [Fact]
    public async Task Settings_that_are_not_JSON()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "appsettings.json"), """{ "Office": """, Ct);

        var result = await AppProcess.RunAsync(Storage, ["--urls", AnyPort, "--contentRoot", _directory], Ct);

        AssertOneSentence(result, Path.Combine(_directory, "appsettings.json"));
        Assert.Contains("LineNumber", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_where_nobody_may_write() =>
        AssertOneSentence(await AppProcess.RunAsync("/proc/logistics", ["--urls", AnyPort], Ct), "/proc/logistics can't be written");

    [Fact]
    public async Task A_system_that_cannot_show_Chinese()
    {
        var runtime = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "LogisticsAdmin.runtimeconfig.json"), Ct))!;
        runtime["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = true;
        var file = Path.Combine(_directory, "invariant.json");
        await File.WriteAllTextAsync(file, runtime.ToJsonString(), Ct);

        AssertOneSentence(await AppProcess.RunFromAsync(null, Storage, ["--urls", AnyPort], Ct, runtime: file), "no data for Chinese");
    }

    [Fact]
    public void A_full_disk_is_not_told_as_a_missing_right()
    {
        const int noSpace = 28;
        var storage = Microsoft.Extensions.Options.Options.Create(new StorageOptions { Directory = _directory });
        string?[] told =
        [
            StartupProblem.Unwritable(_directory, new IOException("No space left on device", noSpace)).Message,
            StartupProblems.Of(new IOException("No space left on device", noSpace))?.Message,
            new SqliteStorage(storage).ProblemOf(new SqliteException("database or disk is full", 13))?.Message,
        ];

        Assert.All(told, sentence => Assert.Contains("no space left", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_of_the_app_itself_keeps_its_stack_trace()
    {
        Assert.Null(StartupProblems.Of(new InvalidOperationException("A bug.")));
        Assert.Null(StartupProblems.Of(new FormatException("A bug.")));
    }

    private static void AssertOneSentence(AppProcess.Outcome result, string words)
    {
        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.Contains(words, Assert.Single(result.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Output + result.Error, StringComparison.Ordinal);
    }
}
