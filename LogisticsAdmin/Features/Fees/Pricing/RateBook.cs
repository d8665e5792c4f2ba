namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// All rates as they were known at one moment. Within a scope a rate applies until the next one's first day; of the scopes that fit, the first that
/// sets a price applies.
/// </summary>
public sealed class RateBook
{
    private readonly Dictionary<(long Kind, RateScope Scope), RateFact[]> _rates;

    /// <summary><paramref name="knownAt"/>: rates that were published later or withdrawn by then are left out; null for what is known now.</summary>
    public RateBook(IEnumerable<RateFact> rates, DateTimeOffset? knownAt = null) =>
        _rates = rates.Where(r => knownAt is { } at ? r.KnownFrom <= at && !(r.KnownUntil <= at) : r.KnownUntil is null)
            .GroupBy(r => (r.KindId, RateScope.Parse(r.Scope))).ToDictionary(g => g.Key, g => g.OrderBy(r => r.FirstDay).ToArray());

    /// <summary>The rate that applies on a day; null when none does.</summary>
    public RateFact? At(long kindId, RateSubject subject, DateOnly day) => At(Fitting(kindId, subject), day);

    /// <summary>The rates that apply on the days of a period, in their order. Days without a rate are spans without an id.</summary>
    public IReadOnlyList<RateSpan> Between(long kindId, RateSubject subject, DateOnly first, DateOnly last)
    {
        var fitting = Fitting(kindId, subject);
        List<RateSpan> spans = [];
        foreach (var day in ChangesWithin(fitting, first, last))
        {
            if (spans.Count > 0) spans[^1] = spans[^1] with { Last = day.AddDays(-1) };
            var rate = At(fitting, day);
            spans.Add(new RateSpan(rate?.Id, rate?.Rule ?? PriceRule.None, day, last));
        }
        return spans;
    }

    // The rates of each scope that fits, the one that applies first at the front.
    private List<RateFact[]> Fitting(long kindId, RateSubject subject) =>
        [.. subject.Scopes().Select(scope => _rates.GetValueOrDefault((kindId, scope))).OfType<RateFact[]>()];

    // The first day, and each day on which a rate of a fitting scope begins.
    private static IEnumerable<DateOnly> ChangesWithin(List<RateFact[]> fitting, DateOnly first, DateOnly last) =>
        fitting.SelectMany(rates => rates).Select(r => r.FirstDay).Where(day => first < day && day <= last).Prepend(first).Distinct().Order();

    private static RateFact? At(List<RateFact[]> fitting, DateOnly day) =>
        fitting.Select(rates => Array.FindLast(rates, r => r.FirstDay <= day)).FirstOrDefault(r => r is { Rule.SetsPrice: true });
}
