using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Which rate applies: by day, by scope, and by what was known.</summary>
public sealed class RateBookTests
{
    private static readonly RateSubject Room = new([], RoomKind.Bedroom, 4, BuildingId: 3, CampusId: 1);

    [Fact]
    public void A_rate_applies_until_the_first_day_of_the_next()
    {
        var book = new RateBook([Rate(1, "all", 1, 0.5m), Rate(2, "all", 15, 0.6m)]);

        Assert.Equal([null, 1L, 1L, 2L], new[] { 0, 1, 14, 15 }.Select(d => book.At(7, Room, Day(1).AddDays(d - 1))?.Id));
    }

    [Fact]
    public void The_first_scope_that_fits_applies_and_one_without_a_price_lets_the_next_apply()
    {
        List<RateFact> rates = [Rate(1, "all", 1, 1)];
        string[] wider = ["campus:1", "building:3", "type:1", "type:1/4", "group:9"];
        var subject = Room with { Groups = [9] };
        foreach (var (scope, i) in wider.Select((s, i) => (s, i)))
        {
            rates.Add(Rate(10 + i, scope, 1, 2));
            Assert.Equal(10 + i, new RateBook(rates).At(7, subject, Day(5))!.Id);
        }
        rates.Add(Rate(20, "group:9", 3, null));

        Assert.Equal(13, new RateBook(rates).At(7, subject, Day(5))!.Id);
        Assert.Equal(1, new RateBook(rates).At(7, Room with { BuildingId = 4, CampusId = 2, RoomKind = RoomKind.Office }, Day(5))!.Id);
    }

    [Fact]
    public void A_book_knows_only_what_was_published_and_not_withdrawn_by_then()
    {
        List<RateFact> rates = [Rate(1, "all", 1, 1), Rate(2, "all", 1, 2) with { KnownFrom = At(10) }];
        rates[0] = rates[0] with { KnownUntil = At(10) };

        Assert.Equal((1L, 2L, 2L), (KnownAt(9), KnownAt(10), KnownAt(30)));
        Assert.Equal(2, new RateBook(rates).At(7, Room, Day(1))!.Id);

        long KnownAt(int day) => new RateBook(rates, At(day)).At(7, Room, Day(1))!.Id;
    }

    [Fact]
    public void A_period_is_divided_where_another_rate_begins_to_apply()
    {
        var book = new RateBook([Rate(1, "all", 10, 1), Rate(2, "building:3", 20, 2)]);

        Assert.Equal([(null, 1, 9), (1L, 10, 19), (2L, 20, 30)],
            book.Between(7, Room, Day(1), Day(30)).Select(s => (s.RateId, s.First.Day, s.Last.Day)));
    }

    [Fact]
    public void A_rule_equals_what_is_read_back_of_it()
    {
        foreach (var rule in new[] { PriceRule.None, PriceRule.Flat(0.5m), new PriceRule([new PriceStep(1, 2), new PriceStep(null, 3)], BillingCycle.Year) })
            Assert.Equal(rule, PriceRule.Parse(rule.ToJson()));
    }

    private static RateFact Rate(long id, string scope, int firstDay, decimal? price) =>
        new(id, 7, scope, Day(firstDay), price is { } p ? PriceRule.Flat(p) : PriceRule.None, At(1), null);

    private static DateOnly Day(int day) => new(2026, 11, day);

    private static DateTimeOffset At(int day) => new(2026, 11, day, 0, 0, 0, TimeSpan.Zero);
}
