using CsCheck;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>How amounts are divided, and who was present on which days.</summary>
public sealed class PortionsTests
{
    [Fact]
    public void Parts_add_up_to_the_whole_and_none_is_a_fen_away_from_its_share() =>
        Gen.Select(Gen.Long[-Money.MaxFen, Money.MaxFen], Gen.Long[0, 1_000_000].Array[1, 12]).Where(x => x.Item2.Any(w => w > 0)).Sample((fen, weights) =>
        {
            var parts = Portions.Divide(new Money(fen), weights);
            var sum = (decimal)weights.Sum();
            return parts.Sum(p => p).Fen == fen && parts.Zip(weights).All(p => Math.Abs(p.First.Fen - (fen * (p.Second / sum))) <= 1);
        });

    [Fact]
    public void The_fen_that_is_left_goes_to_the_largest_remainder_and_of_equal_ones_to_the_first() =>
        Assert.Equal([34L, 33, 33], Portions.Divide(new Money(100), [1, 1, 1]).Select(p => p.Fen));

    [Fact]
    public void The_day_of_moving_in_counts_and_the_day_of_moving_out_does_not()
    {
        var presence = Presence.Of([new Stay(1, 9, Day(1), Day(11)), new Stay(2, 9, Day(21), null)], Day(1), Day(30));

        Assert.Equal([new PersonDays(1, 10), new PersonDays(2, 10)], presence.People);
        Assert.Equal(10, presence.EmptyDays);
    }

    [Fact]
    public void Somebody_who_leaves_and_returns_counts_each_day_once()
    {
        var presence = Presence.Of([new Stay(1, 9, Day(1), Day(6)), new Stay(1, 9, Day(5), Day(10))], Day(1), Day(30));

        Assert.Equal((9, 21), (presence.TotalDays, presence.EmptyDays));
    }

    private static DateOnly Day(int day) => new(2026, 11, day);
}
