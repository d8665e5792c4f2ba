using System.Text.Json;
using System.Text.Json.Serialization;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// Everything that a bill was computed from. Computing it again gives the same bill, years later too. <paramref name="Base"/>: units or square metres
/// of fees without meters. <paramref name="Settlement"/>: null where nobody had settled a part before.
/// </summary>
public sealed record BillProof(
    IReadOnlyList<MeterProof> Meters, decimal Base, DateOnly First, DateOnly Last, IReadOnlyList<DateOnly> Months, IReadOnlyList<RateProof> Rates,
    IReadOnlyList<PersonDays> People, int EmptyDays, decimal PricedBefore, decimal QuotaUsedBefore, decimal QuotaCarried,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Settlement? Settlement = null)
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
    /// Divides an amount: the days on which nobody lived there count for the institution, the others for the people by their days. Parts that were
    /// settled before stay what they are, and the rest is divided by the days that were not; a difference to what the bill amounted to then is
    /// divided among all, as without them.
    /// </summary>
    public (Money Vacant, IReadOnlyList<Money> People) Divide(Money amount)
    {
        List<int> own = [.. People.Select(p => p.Days)];
        var days = Last.DayNumber - First.DayNumber + 1;
        if (Settlement is not { } settled) return Divide(amount, own, EmptyDays, days - EmptyDays);
        var parts = settled.Parts.ToDictionary(p => p.PersonId);
        List<Money> before = [.. People.Select(p => new Money(parts.TryGetValue(p.PersonId, out var part) ? part.Fen : 0))];
        List<int> open = [.. People.Select(p => Math.Max(0, p.Days - (parts.TryGetValue(p.PersonId, out var part) ? part.Days : 0)))];
        var (vacant, rest) = Divide(new Money(settled.AmountFen) - before.Sum(), open, EmptyDays, days - settled.EmptyDays);
        var (vacantMore, more) = Divide(new Money(amount.Fen - settled.AmountFen), own, EmptyDays, days - EmptyDays);
        return (vacant + vacantMore, [.. before.Select((part, i) => part + rest[i] + more[i])]);
    }

    private static (Money Vacant, IReadOnlyList<Money> People) Divide(Money amount, IReadOnlyList<int> own, int emptyDays, int takenDays)
    {
        var present = own.Sum(days => (long)days);
        if (present == 0 || takenDays <= 0) return (amount, [.. own.Select(_ => Money.Zero)]);
        var parts = Portions.Divide(amount, [emptyDays * present, .. own.Select(days => days * (long)takenDays)]);
        return (parts[0], [.. parts.Skip(1)]);
    }
}
