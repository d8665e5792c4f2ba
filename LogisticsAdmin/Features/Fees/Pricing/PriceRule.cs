using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// What a quantity costs: steps and a free quota. A rule without steps sets no price: the next wider scope applies. Two rules are equal when they
/// say the same.
/// </summary>
public sealed class PriceRule : IEquatable<PriceRule>
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>No price of its own.</summary>
    public static readonly PriceRule None = new([]);

    private readonly string _json;

    /// <summary>
    /// <paramref name="steps"/>: in ascending order; only the last has no end. <paramref name="stepPeriod"/>: over which time the steps are counted: the
    /// month, or the calendar year.
    /// </summary>
    public PriceRule(IReadOnlyList<PriceStep> steps, BillingCycle stepPeriod = BillingCycle.Month, FreeQuota? quota = null)
    {
        if (!AreSteps(steps)) throw new ArgumentException("Steps ascend, and only the last has no end.", nameof(steps));
        if (stepPeriod is BillingCycle.Term) throw new ArgumentException("Steps are counted by month or year.", nameof(stepPeriod));
        (Steps, StepPeriod, Quota) = (steps, stepPeriod, quota);
        _json = JsonSerializer.Serialize(new Stored(Steps, StepPeriod, Quota), Format);
    }

    public IReadOnlyList<PriceStep> Steps { get; }
    public BillingCycle StepPeriod { get; }
    public FreeQuota? Quota { get; }

    public bool SetsPrice => Steps.Count > 0;

    /// <summary>One price for every unit.</summary>
    public static PriceRule Flat(decimal price, FreeQuota? quota = null) => new([new PriceStep(null, price)], BillingCycle.Month, quota);

    public static PriceRule Parse(string json)
    {
        var stored = JsonSerializer.Deserialize<Stored>(json, Format) ?? throw new FormatException("A stored price rule is empty.");
        return new PriceRule(stored.Steps, stored.StepPeriod, stored.Quota);
    }

    /// <summary>What the quantities from one to another cost in yuan, exactly. Step bounds are multiplied by <paramref name="periods"/>.</summary>
    public IEnumerable<ChargeLine> Price(decimal from, decimal to, decimal periods = 1)
    {
        var start = 0m;
        foreach (var step in Steps)
        {
            var end = step.UpTo is { } bound ? bound * periods : decimal.MaxValue;
            var quantity = Math.Min(to, end) - Math.Max(from, start);
            if (quantity > 0) yield return new ChargeLine(quantity, step.Price);
            start = end;
        }
    }

    public string ToJson() => _json;

    public bool Equals(PriceRule? other) => other is not null && _json == other._json;

    public override bool Equals(object? obj) => Equals(obj as PriceRule);

    public override int GetHashCode() => _json.GetHashCode(StringComparison.Ordinal);

    private static bool AreSteps(IReadOnlyList<PriceStep> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].UpTo is null != (i == steps.Count - 1)) return false;
            if (steps[i].UpTo <= (i == 0 ? 0 : steps[i - 1].UpTo)) return false;
        }
        return true;
    }

    private sealed record Stored(IReadOnlyList<PriceStep> Steps, BillingCycle StepPeriod, FreeQuota? Quota);
}
