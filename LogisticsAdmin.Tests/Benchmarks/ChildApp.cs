using System.Diagnostics;
using System.Globalization;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>Runs this program as <see cref="FanOutHost"/> in a child process.</summary>
internal sealed class ChildApp : IAsyncDisposable
{
    private readonly string? _directory;
    private readonly Process _process;
    private readonly ServerProcess _server;

    private ChildApp(string? directory, Process process, Uri address) =>
        (_directory, _process, _server, Address) = (directory, process, new ServerProcess(process.Id), address);

    public Uri Address { get; }
    public ServerUsage Usage => _server.Sample();

    /// <summary>Starts it on this storage, which its owner deletes; else on that of BENCH_STORE, or on one of its own.</summary>
    public static async Task<ChildApp> StartAsync(string? storage = null)
    {
        var directory = storage ?? BenchStore.Given ?? await TestHost.NewStorageAsync();
        var start = new ProcessStartInfo("dotnet", [typeof(FanOutHost).Assembly.Location, "bench", FanOutHost.Name, directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        return new ChildApp(storage is null && directory != BenchStore.Given ? directory : null, process, new Uri(await AnswerAsync(process)));
    }

    public async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        return await AnswerAsync(_process);
    }

    private static async Task<string> AnswerAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(FanOutHost.Mark, StringComparison.Ordinal)) return line[FanOutHost.Mark.Length..];
        throw new InvalidOperationException("The app under test ended.");
    }

    public async Task<(string Id, double WaitedMs)> ReportAsync(string text)
    {
        var answer = (await AskAsync($"report {text}")).Split(' ');
        return (answer[0], double.Parse(answer[1], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_directory is not null) TestHost.DropStorage(_directory);
    }
}
