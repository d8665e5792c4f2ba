using System.Globalization;
using CsCheck;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>Amounts are exact to the fen in all sums and formats.</summary>
public sealed class MoneyTests
{
    private static readonly Gen<Money> Amounts = Gen.Long[-Money.MaxFen, Money.MaxFen].Select(fen => new Money(fen));

    [Fact]
    public void Yuan_and_back_loses_nothing() => Amounts.Sample(money => Money.FromYuan(money.Yuan) == money);

    [Fact]
    public void Adding_and_taking_away_are_exact() => Gen.Select(Amounts, Amounts).Sample((a, b) =>
        a + b == b + a && a + b - b == a && (a + b).Yuan == a.Yuan + b.Yuan && a - a == Money.Zero);

    [Fact]
    public void A_sum_is_the_sum_of_the_yuan_in_any_order() => Amounts.Array[0, 50].Sample(amounts =>
        amounts.Sum().Yuan == amounts.Sum(a => a.Yuan) && amounts.Reverse().Sum() == amounts.Sum() && amounts.Sum(a => a) == amounts.Sum());

    [Fact]
    public void Amounts_compare_as_their_yuan_do() => Gen.Select(Amounts, Amounts).Sample((a, b) =>
        Math.Sign(a.CompareTo(b)) == Math.Sign(a.Yuan.CompareTo(b.Yuan))
        && a < b == a.Yuan < b.Yuan && a > b == a.Yuan > b.Yuan && a <= b == a.Yuan <= b.Yuan && a >= b == a.Yuan >= b.Yuan);

    [Fact]
    public void Rounding_is_within_half_a_fen_and_away_from_zero() => Gen.Long[-1_000_000_000, 1_000_000_000].Sample(parts =>
    {
        var yuan = parts / 10_000m;
        var rounded = Money.Round(yuan);
        return Math.Abs(rounded.Yuan - yuan) <= 0.005m && rounded.Yuan == decimal.Round(yuan, 2, MidpointRounding.AwayFromZero);
    });

    [Theory]
    [InlineData("0.005")]
    [InlineData("12.501")]
    [InlineData("-0.0001")]
    [InlineData("10000000000000.01")]
    [InlineData("79228162514264337593543950335")]
    public void What_is_finer_than_a_fen_or_too_high_is_refused(string yuan) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.FromYuan(decimal.Parse(yuan, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("0", "0.00")]
    [InlineData("0.01", "0.01")]
    [InlineData("12.5", "12.50")]
    [InlineData("99999.99", "99,999.99")]
    [InlineData("-3", "-3.00")]
    public void An_amount_is_written_with_two_decimals(string yuan, string written)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("zh-CN");
        var money = Money.FromYuan(decimal.Parse(yuan, CultureInfo.InvariantCulture));

        Assert.Equal(written, money.ToString());
        Assert.Equal(written, $"{money}");
    }

    [Fact]
    public void An_overflow_is_an_error_and_no_wrong_sum() => Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
}
