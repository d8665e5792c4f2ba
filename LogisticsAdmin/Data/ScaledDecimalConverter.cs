using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LogisticsAdmin.Data;

/// <summary>
/// Unit prices and quantities are stored as integers, in ten-thousandths: exact, and every engine orders and compares them. Refuses what is
/// finer. Amounts are no such numbers, see <see cref="Shared.Money"/>.
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
