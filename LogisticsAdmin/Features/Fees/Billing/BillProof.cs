using System.Text.Json;
using System.Text.Json.Serialization;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// Everything that a bill was computed from. Computing it again gives the same bill, years later too. <paramref name="Base"/>: units or square metres
/// of fees without meters.
/// </summary>
public sealed record BillProof(
    IReadOnlyList<MeterProof> Meters, decimal Base, DateOnly First, DateOnly Last, IReadOnlyList<DateOnly> Months, IReadOnlyList<RateProof> Rates,
    IReadOnlyList<PersonDays> People, int EmptyDays, decimal PricedBefore, decimal QuotaUsedBefore, decimal QuotaCarried)
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    private decimal MeterUsage => Meters.Sum(m => m.Usage);

    /// <summary>Whether the readings show less than what was billed: nothing is charged now, and the next bill settles it.</summary>
    [JsonIgnore]
    public bool IsDeferred => Meters.Count > 0 && MeterUsage < 0;

    /// <summary>What is charged, at most four decimals.</summary>
    [JsonIgnore]
    public decimal Quantity => Meters.Count > 0 ? Math.Max(0, decimal.Round(MeterUsage, 4)) : Base;

    [JsonIgnore]
    public bool IsEstimate => Meters.Any(m => m.IsEstimate);

    public static BillProof Parse(string json) => JsonSerializer.Deserialize<BillProof>(json, Format) ?? throw new FormatException("A stored proof is empty.");

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public Charge Charge() => Pricing.Charge.Of(new ChargeInput(
        Quantity, First, Last, [.. Rates.Select(r => r.Span)], People.Sum(p => p.Days), Months,
        PricedBefore, QuotaUsedBefore, QuotaCarried));

    /// <summary>
    /// Divides an amount: the days on which nobody lived there count for the institution, the others for the people by their days.
    /// </summary>
    public (Money Vacant, IReadOnlyList<Money> People) Divide(Money amount)
    {
        var (days, present) = (Last.DayNumber - First.DayNumber + 1, People.Sum(p => (long)p.Days));
        if (present == 0) return (amount, []);
        var parts = Portions.Divide(amount, [EmptyDays * present, .. People.Select(p => p.Days * (long)(days - EmptyDays))]);
        return (parts[0], [.. parts.Skip(1)]);
    }
}
