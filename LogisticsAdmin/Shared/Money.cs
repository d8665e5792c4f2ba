using System.Globalization;

namespace LogisticsAdmin.Shared;

/// <summary>
/// An amount in yuan, exact to the fen. Entities store <see cref="Fen"/> in a column whose name ends in Fen, so that queries can add and sort.
/// </summary>
public readonly record struct Money(long Fen) : IComparable<Money>, IFormattable
{
    /// <summary>The highest amount that is accepted as input, ten trillion yuan. Thousands of them still add up without overflow.</summary>
    public const long MaxFen = 1_000_000_000_000_000;

    public const decimal MaxYuan = (decimal)MaxFen / FenPerYuan;

    private const int FenPerYuan = 100;

    public static Money Zero => default;

    public decimal Yuan => Fen / (decimal)FenPerYuan;

    /// <summary>Whether the column or field of this name holds fen.</summary>
    public static bool IsFen(string field) => field.EndsWith(nameof(Fen), StringComparison.Ordinal);

    /// <summary>The amount in a column that may be empty.</summary>
    public static Money? Of(long? fen) => fen is { } amount ? new Money(amount) : null;

    /// <summary>Refuses an amount that is finer than a fen or beyond <see cref="MaxFen"/>.</summary>
    public static Money FromYuan(decimal yuan)
    {
        var money = Round(yuan);
        if (money.Yuan != yuan) throw new ArgumentOutOfRangeException(nameof(yuan), yuan, "An amount is not finer than a fen.");
        return money;
    }

    /// <summary>Rounds to the nearest fen, half a fen away from zero. Refuses an amount beyond <see cref="MaxFen"/>.</summary>
    public static Money Round(decimal yuan)
    {
        if (!IsInRange(yuan)) throw new ArgumentOutOfRangeException(nameof(yuan), yuan, "The amount is too high.");
        return new Money((long)decimal.Round(yuan * FenPerYuan, MidpointRounding.AwayFromZero));
    }

    public static bool IsInRange(decimal yuan) => Math.Abs(yuan) <= MaxYuan;

    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>With two decimals and groups of thousands, as the reader's culture writes them.</summary>
    public override string ToString() => ToString(null, CultureInfo.CurrentCulture);

    public string ToString(string? format, IFormatProvider? formatProvider) => Yuan.ToString(format ?? "N2", formatProvider);
}

public static class MoneySums
{
    public static Money Sum(this IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    public static Money Sum<T>(this IEnumerable<T> items, Func<T, Money> amount) => items.Select(amount).Sum();
}
