using System.Net;
using System.Text.RegularExpressions;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

/// <summary>The real app run from its command line, in Production.</summary>
public sealed partial class ConsoleTests : IDisposable
{
    internal const string Map = """
        {
          "source": "old", "culture": "zh-CN", "timeZone": "Asia/Shanghai", "blanks": [], "key": ["Id"],
          "submittedAt": {"column": "Created", "formats": ["yyyy-MM-dd"]}, "closedAt": null,
          "status": {"column": null, "map": {}, "default": "Closed", "openWithinDaysOfNewest": null, "newest": null},
          "description": {"template": "{What}"},
          "category": {"column": null, "map": {}, "default": "other"},
          "urgency": {"column": null, "map": {}, "default": "Normal"},
          "place": {"column": null, "map": {}, "default": {"campus": {"code": "OLD", "name": "老校区", "nameEn": "Old campus"},
            "building": {"code": "O1", "name": "老楼", "nameEn": "Old house"}, "room": {"code": "整栋", "nameEn": "Whole house"}}},
          "reporter": null, "cost": null
        }
        """;

    private readonly string _directory = TestHost.NewDirectory();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Storage => Path.Combine(_directory, "storage");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task An_unknown_word_lists_the_commands()
    {
        var result = await RunAsync("dance");

        Assert.Equal(2, result.ExitCode);
        foreach (var command in new[] { "backup FILE", "restore FILE", "check", "create-admin USERNAME", "demo --tickets N", "import-log FILE" })
            Assert.Contains($"  {command}", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Storage));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("check", "everything")]
    [InlineData("create-admin")]
    [InlineData("import-log")]
    [InlineData("import-log", "log.csv", "--mapping", "map.json")]
    [InlineData("import-log", "", "--map", "map.json")]
    [InlineData("demo", "--tickets", "0")]
    [InlineData("demo", "--until", "9999-12-31")]
    [InlineData("demo", "--until", "0001-01-01")]
    [InlineData("demo", "--quickly", "1")]
    public async Task Wrong_arguments_show_the_usage(params string[] words)
    {
        var result = await RunAsync(words);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"Usage / 用法: {words[0]}", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Storage, "logistics.db")));
        Assert.False(Directory.Exists(Storage));
    }

    [Theory]
    [InlineData("Proxies__Trusted__0", "10.0.0")]
    [InlineData("Proxies__Trusted__0", "10.0.0.0/33")]
    [InlineData("Proxies__Trusted__0", "proxy.example.edu")]
    [InlineData("Proxies__Trusted", "10.0.0.5")]
    public async Task A_wrong_proxy_ends_the_start_in_one_sentence_that_names_it(string setting, string value)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        soon.CancelAfter(TimeSpan.FromMinutes(2));
        var result = await AppProcess.RunAsync(Storage, ["--urls", "http://127.0.0.1:0"], soon.Token, (setting, value));

        AssertOneSentence(result, $"\"{value}\"");
        Assert.Contains("Proxies:Trusted", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Storage, "logistics.db")));
    }

    [Fact]
    public async Task Commands_work_on_a_new_storage_and_refuse_in_one_sentence()
    {
        AssertOneSentence(await RunAsync("check"), "There is no database");
        AssertOneSentence(await RunAsync("backup", Path.Combine(_directory, "none.zip")), "There is no database");

        var created = await AppProcess.RunAsync(Storage, ["create-admin", "boss", "--name", "周主任"], Ct, ("ASPNETCORE_ENVIRONMENT", "Development"));
        Assert.True(created.ExitCode == 0, created.Output + created.Error);
        Assert.Matches("shown only now.*: [a-z2-9]{20}", created.Output);
        Assert.Equal(["boss"], Query("SELECT \"UserName\" FROM \"People\""));

        var again = await AppProcess.RunAsync(Storage, ["create-admin", "BOSS"], Ct, ("CREATE_ADMIN_PASSWORD", "houqin-2026-x"));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("BOSS", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("houqin-2026-x", again.Output + again.Error, StringComparison.Ordinal);

        var backup = Path.Combine(_directory, "backup.zip");
        Assert.Equal(0, (await RunAsync("backup", backup)).ExitCode);
        Assert.Equal(0, (await RunAsync("restore", backup)).ExitCode);
        var check = await RunAsync("check");
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Equal(["boss"], Query("SELECT \"UserName\" FROM \"People\""));

        await File.WriteAllTextAsync(Path.Combine(Storage, "logistics.db"), "damaged", Ct);
        Assert.Equal(1, (await RunAsync("check")).ExitCode);
        AssertOneSentence(await RunAsync("--urls", "http://127.0.0.1:0"), "not a healthy database");
    }

    [Fact]
    public async Task An_app_without_administrator_names_a_file_whose_code_works_once_and_commands_know_that_it_is_running()
    {
        var (app, address) = await AppProcess.ServeAsync(Storage, Ct);
        await using var _ = app;
        var file = Path.Combine(Storage, "setup-code.txt");
        while (!app.Printed.Exists(line => line.Contains(file, StringComparison.Ordinal)) && await app.Process.StandardOutput.ReadLineAsync(Ct) is { } line)
            app.Printed.Add(line);
        var code = (await File.ReadAllTextAsync(file, Ct)).Trim();
        Assert.DoesNotContain(app.Printed, line => line.Contains(code, StringComparison.Ordinal));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };

        var link = new Uri("/Account/Setup", UriKind.Relative);
        var page = await browser.GetStringAsync(link, Ct);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(browser, link, page, "0000-0000-0000-0000")).StatusCode);
        var posted = await PostAsync(browser, link, page, code);
        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        Assert.Equal("/Account/Login", posted.Headers.Location!.AbsolutePath);
        Assert.Equal(["boss"], Query("SELECT \"UserName\" FROM \"People\""));
        Assert.DoesNotContain("Input.UserName", await browser.GetStringAsync(link, Ct), StringComparison.Ordinal);

        Assert.Equal("Healthy", await browser.GetStringAsync(new Uri("/health/live", UriKind.Relative), Ct));
        Assert.Equal("Healthy", await browser.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Ct));
        var backup = Path.Combine(_directory, "backup.zip");
        Assert.Equal(0, (await RunAsync("backup", backup)).ExitCode);
        Assert.Equal(0, (await RunAsync("check")).ExitCode);
        AssertOneSentence(await RunAsync("restore", backup), "in use by another");
        AssertOneSentence(await RunAsync("create-admin", "second"), "in use by another");
        AssertOneSentence(await RunAsync("demo", "--tickets", "5", "--force"), "in use by another");
        AssertOneSentence(await RunAsync("import-log", "log.csv", "--map", "map.json"), "in use by another");
        AssertOneSentence(await RunAsync("--urls", "http://127.0.0.1:0"), "in use by another");
    }

    [Fact]
    public async Task A_log_that_cannot_be_brought_in_is_refused_by_the_name_of_what_is_wrong_with_it()
    {
        await RunAsync("create-admin", "boss");
        var (csv, map) = (await FileAsync("log.csv", "Id,Created,What\n"), await FileAsync("map.json", Map));

        await AssertRefusedAsync("none.csv", "import-log", "none.csv", "--map", map);
        await AssertRefusedAsync(_directory, "import-log", _directory, "--map", map);
        Assert.DoesNotContain("seeds", await AssertRefusedAsync("none.json", "import-log", csv, "--map", "none.json"), StringComparison.Ordinal);
        await AssertRefusedAsync("submittedAt", "import-log", csv, "--map", await FileAsync("half.json", """{ "source": "old" }"""));
        await AssertRefusedAsync("BytePositionInLine", "import-log", csv, "--map", csv);
        await AssertRefusedAsync(
            "nowhere/at-all", "import-log", csv, "--map",
            await FileAsync("zone.json", Map.Replace("Asia/Shanghai", "nowhere/at-all", StringComparison.Ordinal)));
        await AssertRefusedAsync("What", "import-log", await FileAsync("other.csv", "Id,Created\n"), "--map", map);
        Assert.Empty(Query("SELECT \"Number\" FROM \"RepairTickets\""));
    }

    [Fact]
    public async Task A_log_is_brought_in_once_with_what_was_left_out()
    {
        var (csv, map) = (await FileAsync("log.csv", "Id,Created,What\n1,2025-03-14,水管漏水\n2,yesterday,灯不亮\n"), await FileAsync("map.json", Map));
        for (var run = 0; run < 2; run++)
        {
            var result = await RunAsync("import-log", csv, "--map", map);
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
            Assert.Contains("yesterday", result.Output, StringComparison.Ordinal);
            Assert.Equal(["BX20250314-0001"], Query("SELECT \"Number\" FROM \"RepairTickets\""));
        }
    }

    [Fact]
    public async Task Demo_tickets_are_invented_in_Development_or_by_force()
    {
        string[] few = ["demo", "--tickets", "5", "--months", "1", "--seed", "3"];
        AssertOneSentence(await RunAsync(few), "--force");
        Assert.False(Directory.Exists(Storage));

        Assert.Equal(0, (await AppProcess.RunAsync(Storage, few, Ct, ("ASPNETCORE_ENVIRONMENT", "Development"))).ExitCode);
        Assert.Equal(5, Query("SELECT \"Number\" FROM \"RepairTickets\"").Count);
    }

    private Task<AppProcess.Outcome> RunAsync(params string[] words) => AppProcess.RunAsync(Storage, words, Ct);

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        await File.WriteAllTextAsync(path, text, Ct);
        return path;
    }

    private async Task<string> AssertRefusedAsync(string culprit, params string[] words)
    {
        var result = await RunAsync(words);
        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.Contains(culprit, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Output + result.Error, StringComparison.Ordinal);
        return result.Output;
    }

    private static void AssertOneSentence(AppProcess.Outcome result, string words)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, Uri link, string page, string code)
    {
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "setup",
            ["__RequestVerificationToken"] = token,
            ["Input.Code"] = code,
            ["Input.UserName"] = "boss",
            ["Input.FullName"] = "周主任",
            ["Input.Password"] = "houqin-first-1",
            ["Input.PasswordAgain"] = "houqin-first-1",
        });
        return await browser.PostAsync(link, form, Ct);
    }

    private List<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Storage, "logistics.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read()) rows.Add(reader.GetString(0));
        return rows;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
