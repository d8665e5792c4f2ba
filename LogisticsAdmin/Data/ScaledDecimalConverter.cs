using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogisticsAdmin.Data;

/// <summary>
/// Stores unit prices and quantities as integers, in ten-thousandths, which are exact and which every engine can sort and compare. Throws for
/// values with more decimals. Amounts use <see cref="Shared.Money"/> instead.
/// </summary>
public sealed class ScaledDecimalConverter() : ValueConverter<decimal, long>(number => ToStored(number), stored => FromStored(stored))
{
    public const int Scale = 4;

    private const int Units = 10_000;

    public static long ToStored(decimal number)
    {
        var scaled = number * Units;
        if (decimal.Truncate(scaled) != scaled) throw new ArgumentOutOfRangeException(nameof(number), number, $"More than {Scale} decimals can't be stored.");
        return decimal.ToInt64(scaled);
    }

    public static decimal FromStored(long stored) => stored / (decimal)Units;
}
