namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>Percentiles of a set of measurements. An empty set gives NaN, which meets no limit.</summary>
public sealed record Percentiles(int Count, double P50, double P95, double Max)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Percentiles(sorted.Length, At(0.50), At(0.95), At(1));

        double At(double share) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
