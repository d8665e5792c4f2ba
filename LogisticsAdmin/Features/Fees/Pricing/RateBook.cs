namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// All rates as they were known at one moment. Within a scope a rate applies until the next one's first day; of the scopes that fit, the first that
/// sets a price applies.
/// </summary>
public sealed class RateBook
{
    private readonly Dictionary<(long Kind, string Scope), RateFact[]> _rates;

    /// <summary><paramref name="knownAt"/>: rates that were published later or withdrawn by then are left out; null for what is known now.</summary>
    public RateBook(IEnumerable<RateFact> rates, DateTimeOffset? knownAt = null) =>
        _rates = rates.Where(r => knownAt is { } at ? r.KnownFrom <= at && !(r.KnownUntil <= at) : r.KnownUntil is null)
            .GroupBy(r => (r.KindId, r.Scope)).ToDictionary(g => g.Key, g => g.OrderBy(r => r.FirstDay).ToArray());

    /// <summary>The rate that applies on a day; null when none does.</summary>
    public RateFact? At(long kindId, RateSubject subject, DateOnly day) =>
        subject.ScopeKeys().Select(scope => InScope(kindId, scope, day)).FirstOrDefault(r => r is { Rule.SetsPrice: true });

    /// <summary>The rates that apply on the days of a period, in their order. Days without a rate are spans without an id.</summary>
    public IReadOnlyList<RateSpan> Between(long kindId, RateSubject subject, DateOnly first, DateOnly last)
    {
        List<RateSpan> spans = [];
        foreach (var day in ChangesWithin(kindId, subject, first, last))
        {
            if (spans.Count > 0) spans[^1] = spans[^1] with { Last = day.AddDays(-1) };
            var rate = At(kindId, subject, day);
            spans.Add(new RateSpan(rate?.Id, rate?.Rule ?? PriceRule.None, day, last));
        }
        return spans;
    }

    // The first day, and each day on which a rate of a fitting scope begins.
    private IEnumerable<DateOnly> ChangesWithin(long kindId, RateSubject subject, DateOnly first, DateOnly last) =>
        subject.ScopeKeys().SelectMany(scope => _rates.TryGetValue((kindId, scope), out var rates) ? rates : [])
            .Select(r => r.FirstDay).Where(day => first < day && day <= last).Prepend(first).Distinct().Order();

    private RateFact? InScope(long kindId, string scope, DateOnly day)
    {
        if (!_rates.TryGetValue((kindId, scope), out var rates)) return null;
        for (var i = rates.Length - 1; i >= 0; i--)
            if (rates[i].FirstDay <= day) return rates[i];
        return null;
    }
}
