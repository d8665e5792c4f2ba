namespace LogisticsAdmin.Documents.Charts;

/// <summary>An axis: round numbers from below the smallest to above the largest value.</summary>
public sealed record ChartScale(double Low, double High, double Step)
{
    /// <summary>The scale for these values. It begins at 0, unless values are negative or <paramref name="mayFloat"/> and close together far from 0.</summary>
    public static ChartScale For(IEnumerable<double> values, bool mayFloat = false, int parts = 4)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 0);
        var floats = mayFloat && low > 0 && high - low < 0.3 * high && high > low;
        if (!floats) (low, high) = (Math.Min(low, 0), Math.Max(high, 0));
        if (high <= low) high = low + 1;
        var step = NiceStep((high - low) / parts);
        return new ChartScale(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step, step);
    }

    /// <summary>The numbers beside the axis, upwards.</summary>
    public IEnumerable<double> Ticks()
    {
        var count = (int)Math.Round((High - Low) / Step);
        for (var i = 0; i <= count; i++) yield return Math.Round(Low + i * Step, 10);
    }

    /// <summary>Where a value is between both ends, from 0 to 1.</summary>
    public double ShareOf(double value) => (value - Low) / (High - Low);

    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        foreach (var factor in new[] { 1, 2, 2.5, 5 })
            if (rough <= factor * power * (1 + 1e-9)) return factor * power;
        return 10 * power;
    }
}
