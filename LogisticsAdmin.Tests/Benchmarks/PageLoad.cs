using System.Diagnostics;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>A page that some clients ask for, one request after another each, as fast as they are answered.</summary>
internal static class PageLoad
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3), For = TimeSpan.FromSeconds(8);

    /// <summary>How many requests a second were answered, and how long each took in ms.</summary>
    public static async Task<(double PerSecond, Percentiles Times)> MeasureAsync(IReadOnlyList<HttpClient> clients, string address)
    {
        await LoadAsync(clients, address, WarmUp);
        var (took, seconds) = await LoadAsync(clients, address, For);
        return (took.Count / seconds, Percentiles.Of(took));
    }

    private static async Task<(List<double> Took, double Seconds)> LoadAsync(IReadOnlyList<HttpClient> clients, string address, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(clients.Select(async client =>
        {
            List<double> own = [];
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                own.Add(await AppWithUsers.TimeAsync(async () =>
                {
                    using var response = await client.GetAsync(address);
                    response.EnsureSuccessStatusCode();
                    await response.Content.ReadAsByteArrayAsync();
                }));
            }
            return own;
        }));
        return ([.. each.SelectMany(o => o)], Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
