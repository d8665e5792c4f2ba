using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests;

/// <summary>Every line of BannedSymbols.txt takes effect: a planted use, compiled with the analyzer, is reported.</summary>
public sealed partial class BannedSymbolsTests
{
    private const string MessageBox = "M:MudBlazor.IDialogService.ShowMessageBoxAsync";

    private static readonly Dictionary<string, string> Planted = new()
    {
        ["P:System.DateTime.Now"] = "_ = System.DateTime.Now;",
        ["P:System.DateTime.UtcNow"] = "_ = System.DateTime.UtcNow;",
        ["P:System.DateTime.Today"] = "_ = System.DateTime.Today;",
        ["P:System.DateTimeOffset.Now"] = "_ = System.DateTimeOffset.Now;",
        ["P:System.DateTimeOffset.UtcNow"] = "_ = System.DateTimeOffset.UtcNow;",
        ["P:System.Threading.Tasks.Task`1.Result"] = "_ = System.Threading.Tasks.Task.FromResult(1).Result;",
        ["M:System.Threading.Tasks.Task.Wait"] = "System.Threading.Tasks.Task.CompletedTask.Wait();",
        ["M:System.Threading.Tasks.Task.Wait(System.Threading.CancellationToken)"] =
            "System.Threading.Tasks.Task.CompletedTask.Wait(System.Threading.CancellationToken.None);",
        ["M:System.Threading.Tasks.Task.Wait(System.Int32)"] = "System.Threading.Tasks.Task.CompletedTask.Wait(1);",
        ["T:Microsoft.AspNetCore.Http.IHttpContextAccessor"] = "Microsoft.AspNetCore.Http.IHttpContextAccessor x = null!; _ = x.HttpContext;",
        ["ExecuteUpdate``1"] = "tickets.ExecuteUpdate(s => s.SetProperty(t => t, \"x\"));",
        ["ExecuteUpdateAsync``1"] = "_ = tickets.ExecuteUpdateAsync(s => s.SetProperty(t => t, \"x\"));",
        ["ExecuteDelete``1"] = "tickets.ExecuteDelete();",
        ["ExecuteDeleteAsync``1"] = "_ = tickets.ExecuteDeleteAsync();",
        [$"{MessageBox}(System.String,System.String,System.String,System.String,System.String,MudBlazor.DialogOptions)"] =
            "_ = ((MudBlazor.IDialogService)null!).ShowMessageBoxAsync(\"\", \"\");",
        [$"{MessageBox}(System.String,Microsoft.AspNetCore.Components.MarkupString,System.String,System.String,System.String,MudBlazor.DialogOptions)"] =
            "_ = ((MudBlazor.IDialogService)null!).ShowMessageBoxAsync(\"\", new Microsoft.AspNetCore.Components.MarkupString());",
        [$"{MessageBox}(MudBlazor.MessageBoxOptions,MudBlazor.DialogOptions)"] =
            "_ = ((MudBlazor.IDialogService)null!).ShowMessageBoxAsync(new MudBlazor.MessageBoxOptions());",
    };

    [Fact]
    public async Task Every_banned_symbol_is_reported_where_it_is_used()
    {
        var list = Path.Combine(AppContext.BaseDirectory, "BannedSymbols.txt");
        var banned = (await File.ReadAllLinesAsync(list, TestContext.Current.CancellationToken))
            .Where(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal)).Select(l => Short(l.Split(';')[0])).ToList();
        Assert.Equal(banned.Order(StringComparer.Ordinal), Planted.Keys.Order(StringComparer.Ordinal));

        var directory = TestHost.NewDirectory();
        try
        {
            for (var n = 0; n < banned.Count; n++)
            {
                await File.WriteAllTextAsync(Path.Combine(directory, $"Use{n}.cs"), $$"""
                    using Microsoft.EntityFrameworkCore;
                    public static class Use{{n}}
                    {
                        public static void Planted(System.Linq.IQueryable<string> tickets) { {{Planted[banned[n]]}} }
                    }
                    """, TestContext.Current.CancellationToken);
            }

            var output = await CompileAsync(directory, list);

            Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
            var reported = Report().Matches(output).Select(m => int.Parse(m.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
            Assert.Empty(banned.Where((_, n) => !reported.Contains(n)));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Runs the SDK's compiler with the app's analyzer, without restore or project file.</summary>
    private static async Task<string> CompileAsync(string directory, string list)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.GetFullPath(Path.Combine(runtime, "../../.."));
        var compiler = Directory.GetDirectories(Path.Combine(dotnet, "sdk")).Select(sdk => Path.Combine(sdk, "Roslyn/bincore/csc.dll"))
            .Where(File.Exists).OrderBy(path => path, StringComparer.Ordinal).Last();
        var analyzers = typeof(BannedSymbolsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BannedApiAnalyzers").Value!;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var arguments = Path.Combine(directory, "compile.rsp");
        await File.WriteAllLinesAsync(arguments,
        [
            "/nologo", "/target:library", "/nullable:enable", "/langversion:14", $"/out:\"{Path.Combine(directory, "planted.dll")}\"",
            .. references.Select(r => $"/reference:\"{r}\""),
            .. Directory.GetFiles(analyzers, "*.dll").Select(a => $"/analyzer:\"{a}\""),
            $"/additionalfile:\"{list}\"",
            $"\"{Path.Combine(directory, "Use*.cs")}\"",
        ], TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Path.Combine(dotnet, "dotnet"), ["exec", compiler, "/noconfig", $"@{arguments}"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    /// <summary>EF's bulk methods have long signatures and are compared by name only.</summary>
    private static string Short(string id) => BulkMethod().Match(id) is { Success: true } method ? method.Value : id;

    [GeneratedRegex(@"Execute(Update|Delete)(Async)?``1")]
    private static partial Regex BulkMethod();

    [GeneratedRegex(@"Use(?<n>\d+)\.cs\([^)]*\): (warning|error) RS0030")]
    private static partial Regex Report();
}
