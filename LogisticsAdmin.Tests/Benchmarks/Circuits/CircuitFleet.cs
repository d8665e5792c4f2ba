using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;

namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>How one update reached a fleet: the latency of each circuit that received it, and how many did not in time.</summary>
public sealed record FanOut(ImmutableArray<double> LatenciesMs, int Missed, double BytesPerUpdate)
{
    public Percentiles Percentiles { get; } = Percentiles.Of(LatenciesMs);
}

/// <summary>Many circuits on one page that wait for the same updates.</summary>
public sealed class CircuitFleet : IAsyncDisposable
{
    private readonly ConcurrentBag<Circuit> _circuits = [];

    private CircuitFleet() { }

    public IReadOnlyCollection<Circuit> Circuits => _circuits;

    /// <summary>Spreads the circuits over the sessions and opens <paramref name="ramp"/> of them at a time.</summary>
    public static Task<CircuitFleet> OpenAsync(
        IReadOnlyList<CircuitSession> sessions, string path, string ready, int count,
        int ramp = 4, bool compress = true, CancellationToken cancellationToken = default) =>
        OpenAsync(sessions, _ => path, ready, count, ramp, compress, cancellationToken);

    /// <summary>Opens each circuit on a page of its own.</summary>
    public static async Task<CircuitFleet> OpenAsync(
        IReadOnlyList<CircuitSession> sessions, Func<int, string> path, string ready, int count,
        int ramp = 4, bool compress = true, CancellationToken cancellationToken = default)
    {
        var fleet = new CircuitFleet();
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = ramp, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, count, options, async (i, token) => fleet._circuits.Add(
                await Circuit.OpenAsync(sessions[i % sessions.Count], path(i), ready, tracksDom: false, compress, token)));
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Measures from before the trigger until each circuit is sent the text. The elements that the trigger uses must be rendered already.
    /// </summary>
    public async Task<FanOut> ExpectAsync(string text, Func<Task> trigger, TimeSpan timeout)
    {
        var bytesBefore = _circuits.Sum(circuit => circuit.BatchBytes);
        var sightings = _circuits.Select(circuit => circuit.WatchFor(text)).ToArray();
        var start = Stopwatch.GetTimestamp();
        await trigger();
        Task all = Task.WhenAll(sightings);
        await all.WaitAsync(timeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var latencies = sightings
            .Where(sighting => sighting.IsCompletedSuccessfully)
            .Select(sighting => Stopwatch.GetElapsedTime(start, sighting.Result).TotalMilliseconds)
            .ToImmutableArray();
        var bytes = _circuits.Sum(circuit => circuit.BatchBytes) - bytesBefore;
        return new FanOut(latencies, sightings.Length - latencies.Length, (double)bytes / sightings.Length);
    }

    public async ValueTask DisposeAsync() =>
        await Parallel.ForEachAsync(_circuits, async (circuit, _) => await circuit.DisposeAsync());
}
