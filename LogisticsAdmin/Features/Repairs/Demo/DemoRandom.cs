namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>Seeded random choices: the same seed gives the same demo.</summary>
internal sealed class DemoRandom(int seed)
{
    private readonly Random _random = new(seed);

    public bool Chance(double share) => _random.NextDouble() < share;

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    public int Below(int end) => _random.Next(end);

    /// <summary>An exponentially distributed waiting time with the given mean, and at least a tenth of it.</summary>
    public TimeSpan Wait(TimeSpan mean) => TimeSpan.FromSeconds(Math.Round(mean.TotalSeconds * (0.1 - (0.9 * Math.Log(1 - _random.NextDouble())))));

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        TimeSpan.FromSeconds(Math.Round(least.TotalSeconds + (_random.NextDouble() * (most - least).TotalSeconds)));

    /// <summary>A random index, weighted by <paramref name="sums"/>, the running totals of the weights.</summary>
    public int Weighted(IReadOnlyList<double> sums)
    {
        var wanted = _random.NextDouble() * sums[^1];
        var (low, high) = (0, sums.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sums[middle] > wanted) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    public static double[] Sums(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(w => sum += w)];
    }
}
