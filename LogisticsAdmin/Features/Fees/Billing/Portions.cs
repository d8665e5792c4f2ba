using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Divides amounts so that the parts add up to the fen.</summary>
public static class Portions
{
    /// <summary>
    /// Divides by weights with the largest remainder: each part is rounded down, and the fen that are left go to the largest remainders, of equal
    /// ones to the first. Weights are not negative, and at least one is positive.
    /// </summary>
    public static IReadOnlyList<Money> Divide(Money total, IReadOnlyList<long> weights)
    {
        var sum = weights.Aggregate(Int128.Zero, (all, w) => all + w);
        if (sum <= 0 || weights.Any(w => w < 0)) throw new ArgumentException("Weights are not negative, and one is positive.", nameof(weights));
        var fen = Int128.Abs(total.Fen);
        var parts = weights.Select(w => (long)(fen * w / sum)).ToArray();
        var left = (int)(fen - parts.Sum());
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => fen * weights[i] % sum).Take(left)) parts[i]++;
        return [.. parts.Select(p => new Money(total.Fen < 0 ? -p : p))];
    }
}
