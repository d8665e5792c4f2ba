using CsCheck;
using LogisticsAdmin.Features.Fees.Pricing;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What a quantity costs: steps, quota, days, rounding.</summary>
public sealed class ChargeTests
{
    private static readonly DateOnly First = new(2026, 11, 1);
    private static readonly DateOnly Last = new(2026, 11, 30);

    [Fact]
    public void Usage_beyond_the_free_quota_is_priced_as_the_published_example_says()
    {
        var rule = PriceRule.Flat(0.4943m, Quota(10, QuotaBasis.Person));

        var charge = Charge.Of(Input(120, rule, personDays: 4 * 30));

        Assert.Equal((39.544m, 3954L, 40m, 0m), (charge.Exact, charge.Amount.Fen, charge.QuotaUsed, charge.QuotaLeft));
    }

    [Fact]
    public void Each_step_has_its_price_for_its_part()
    {
        var rule = new PriceRule([new PriceStep(100, 0.5583m), new PriceStep(null, 0.6083m)], BillingCycle.Month, Quota(10, QuotaBasis.Person));

        var charge = Charge.Of(Input(172.6m, rule, personDays: 4 * 30));

        Assert.Equal([new ChargeLine(100, 0.5583m), new ChargeLine(32.6m, 0.6083m)], Assert.Single(charge.Parts).Lines);
        Assert.Equal(7566, charge.Amount.Fen);
    }

    [Fact]
    public void Steps_over_the_year_go_on_where_the_months_before_ended()
    {
        var rule = new PriceRule([new PriceStep(1_000, 1), new PriceStep(null, 2)], BillingCycle.Year);

        Assert.Equal(50 + 2 * 50, Charge.Of(Input(100, rule) with { PricedBefore = 950 }).Exact);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(8, 0)]
    [InlineData(11, 20)]
    public void Excluded_months_have_no_quota(int month, int quota)
    {
        var rule = PriceRule.Flat(1, new FreeQuota(20, QuotaBasis.Room, BillingCycle.Month, [2, 8], CarriesOver: false));

        Assert.Equal(quota, Charge.Of(Input(50, rule) with { Months = [new DateOnly(2026, month, 1)] }).QuotaUsed);
    }

    [Fact]
    public void What_is_left_of_a_quota_is_carried_over_where_the_rate_says_so()
    {
        var rule = PriceRule.Flat(1, new FreeQuota(20, QuotaBasis.Room, BillingCycle.Month, [], CarriesOver: true));

        var thrifty = Charge.Of(Input(5, rule));
        var next = Charge.Of(Input(50, rule) with { QuotaCarried = thrifty.QuotaLeft });

        Assert.Equal((15m, 35m, 15m), (thrifty.QuotaLeft, next.QuotaUsed, next.Exact));
    }

    [Fact]
    public void The_quota_of_a_year_is_used_up_over_its_months()
    {
        var rule = PriceRule.Flat(1, new FreeQuota(160, QuotaBasis.Room, BillingCycle.Year, [], CarriesOver: false));

        var charge = Charge.Of(Input(50, rule) with { QuotaUsedBefore = 150 });

        Assert.Equal((10m, 40m), (charge.QuotaUsed, charge.Exact));
    }

    [Fact]
    public void What_a_term_left_over_is_added_to_the_next_term_once()
    {
        var rule = PriceRule.Flat(1, new FreeQuota(100, QuotaBasis.Room, BillingCycle.Term, [], CarriesOver: true));

        var charge = Charge.Of(Input(500, rule) with { QuotaUsedBefore = 30, QuotaCarried = 70 });

        Assert.Equal((140m, 0m), (charge.QuotaUsed, charge.QuotaLeft));
    }

    [Fact]
    public void A_new_price_counts_for_its_days_of_the_whole_period()
    {
        List<RateSpan> rates = [new(1, PriceRule.Flat(1), First, new(2026, 11, 10)), new(2, PriceRule.Flat(2), new(2026, 11, 11), Last)];

        Assert.Equal(90m * 10 / 30 + 180m * 20 / 30, Charge.Of(Input(90, PriceRule.Flat(1)) with { Rates = rates }).Exact);
    }

    [Fact]
    public void Half_a_fen_is_rounded_away_from_zero_once() =>
        Assert.Equal((1L, 0L), (Charge.Of(Input(1, PriceRule.Flat(0.005m))).Amount.Fen, Charge.Of(Input(1, PriceRule.Flat(0.0049m))).Amount.Fen));

    [Fact]
    public void The_same_price_published_again_on_any_day_changes_nothing() => Gen.Select(Rules, Usage, Gen.Int[0, 200], Gen.Int[1, 29].Array[0, 5])
        .Sample((rule, usage, personDays, days) =>
        {
            var input = Input(usage, rule, personDays);
            var starts = days.Select(d => First.AddDays(d)).Distinct().Order().Prepend(First).ToList();
            List<RateSpan> spans = [.. starts.Select((day, i) => new RateSpan(i, rule, day, i + 1 < starts.Count ? starts[i + 1].AddDays(-1) : Last))];

            var (once, often) = (Charge.Of(input), Charge.Of(input with { Rates = spans }));

            return Math.Abs(once.Exact - often.Exact) < 0.000001m && once.Amount == often.Amount && once.QuotaLeft == often.QuotaLeft;
        });

    [Fact]
    public void More_usage_never_costs_less() => Gen.Select(Rules, Usage, Usage, Gen.Int[0, 200]).Sample((rule, usage, more, personDays) =>
        Charge.Of(Input(usage, rule, personDays)).Exact <= Charge.Of(Input(usage + more, rule, personDays)).Exact);

    [Fact]
    public void Lines_and_quota_add_up_to_the_usage() => Gen.Select(Rules, Usage, Gen.Int[0, 200]).Sample((rule, usage, personDays) =>
    {
        var part = Charge.Of(Input(usage, rule, personDays)).Parts.Single();
        return part.QuotaUsed + part.Lines.Sum(l => l.Quantity) == usage;
    });

    private static readonly Gen<decimal> Usage = Gen.Int[0, 10_000_000].Select(n => n / 10_000m);

    private static readonly Gen<FreeQuota?> Quotas = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 500_000], Gen.Bool, Gen.Bool, (kind, amount, isPerson, carries) =>
        kind == 0 ? null : Quota(amount / 10_000m, isPerson ? QuotaBasis.Person : QuotaBasis.Room) with { CarriesOver = carries });

    private static readonly Gen<PriceRule> Rules = Gen.Select(Gen.Int[1, 3_000_000].Array[0, 4], Gen.Int[0, 100_000].Array[5], Quotas, (ends, prices, quota) =>
    {
        decimal?[] bounds = [.. ends.Distinct().Order().Select(e => (decimal?)(e / 10_000m)), null];
        return new PriceRule([.. bounds.Select((b, i) => new PriceStep(b, prices[i] / 10_000m))], BillingCycle.Month, quota);
    });

    private static FreeQuota Quota(decimal amount, QuotaBasis basis) => new(amount, basis, BillingCycle.Month, [], CarriesOver: false);

    private static ChargeInput Input(decimal usage, PriceRule rule, int personDays = 0) =>
        new(usage, First, Last, [new RateSpan(1, rule, First, Last)], personDays, [First]);
}
