using System.Diagnostics;

namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>Memory and processor time that a process has used so far.</summary>
public readonly record struct ServerUsage(long RssKib, double CpuMs);

/// <summary>Samples the server under test, either a child process or this one.</summary>
public sealed class ServerProcess(int pid)
{
    public ServerUsage Sample()
    {
        // A new Process each time, because it caches what it has read (from /proc, on Linux).
        using var process = Process.GetProcessById(pid);
        return new ServerUsage(process.WorkingSet64 / 1024, process.TotalProcessorTime.TotalMilliseconds);
    }
}
