using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests.Support;

/// <summary>The real app, or one of the tests' own programs, in a process of its own.</summary>
internal sealed partial class AppProcess : IAsyncDisposable
{
    private const string App = "LogisticsAdmin.dll", Tests = "LogisticsAdmin.Tests.dll";

    private AppProcess(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>The output until it served pages. Log lines go through a queue, so other output may come before or after them.</summary>
    public List<string> Printed { get; } = [];

    /// <summary>Runs the app with a command until it exits.</summary>
    public static Task<Outcome> RunAsync(string storage, string[] words, CancellationToken ct, params (string Name, string Value)[] environment) =>
        RunFromAsync(null, storage, words, ct, environment);

    /// <summary>As <see cref="RunAsync"/>, from another working directory or with another runtime configuration.</summary>
    public static async Task<Outcome> RunFromAsync(
        string? from, string storage, string[] words, CancellationToken ct, (string Name, string Value)[]? environment = null, string? runtime = null)
    {
        await using var app = Start(App, storage, words, environment, from, runtime);
        var (output, error) = (app.Process.StandardOutput.ReadToEndAsync(ct), app.Process.StandardError.ReadToEndAsync(ct));
        await app.Process.WaitForExitAsync(ct);
        return new Outcome(app.Process.ExitCode, await output, await error);
    }

    /// <summary>Starts the app with a command, for tests that kill it before it is done.</summary>
    public static AppProcess Begin(string storage, params string[] words) => Start(App, storage, words);

    /// <summary>Starts the app in Production on a free port, from the given working directory; returns it with its address.</summary>
    public static async Task<(AppProcess App, Uri Address)> ServeAsync(
        string storage, CancellationToken ct, string? from = null, params (string Name, string Value)[] environment)
    {
        var app = Start(App, storage, ["--urls", "http://127.0.0.1:0"], environment, from);
        while (await app.Process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            app.Printed.Add(line);
            if (Listening().Match(line) is { Success: true } match) return (app, new Uri(match.Value));
        }
        var error = await app.Process.StandardError.ReadToEndAsync(ct);
        await app.DisposeAsync();
        throw new InvalidOperationException($"The app did not start: {error}");
    }

    public static AppProcess Write(string storage) => Start(Tests, storage, ["write-until-killed", storage]);

    public static AppProcess Import(string storage) => Start(Tests, storage, ["import-until-killed", storage]);

    public static AppProcess Tick(string storage, string from) => Start(Tests, storage, ["tick-until-killed", storage, from]);

    public static AppProcess Tell(string storage) => Start(Tests, storage, ["tell-until-killed", storage]);

    public static AppProcess Bill(string storage) => Start(Tests, storage, ["bill-until-killed", storage]);

    public static AppProcess Pay(string storage) => Start(Tests, storage, ["pay-until-killed", storage]);

    public static AppProcess Order(string storage) => Start(Tests, storage, ["order-until-killed", storage]);

    public static AppProcess Mail(string storage, int port) =>
        Start(Tests, storage, ["mail-until-killed", storage, port.ToString(CultureInfo.InvariantCulture)]);

    public static AppProcess Close(string storage) => Start(Tests, storage, ["close-until-killed", storage]);

    public static AppProcess Export(string storage) => Start(Tests, storage, ["export-until-killed", storage]);

    /// <summary>Asks the process to stop, as a service manager does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        Process.Dispose();
    }

    private static AppProcess Start(
        string assembly, string storage, string[] words, (string Name, string Value)[]? environment = null, string? from = null,
        string? runtime = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            WorkingDirectory = from ?? AppContext.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (runtime is not null) foreach (var word in new[] { "exec", "--runtimeconfig", runtime }) start.ArgumentList.Add(word);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var word in words) start.ArgumentList.Add(word);
        start.Environment["Storage__Directory"] = storage;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        return new AppProcess(Process.Start(start)!);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();

    internal sealed record Outcome(int ExitCode, string Output, string Error);
}
