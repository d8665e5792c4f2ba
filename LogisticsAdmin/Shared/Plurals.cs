using System.Globalization;

namespace LogisticsAdmin.Shared;

/// <summary>
/// Fills the places of a text from a resource. A place such as {0:order|orders} stands for its first words where its argument is one, and for the
/// others otherwise, because English needs both.
/// </summary>
public static class Plurals
{
    /// <summary>The text with its arguments.</summary>
    public static string Format(CultureInfo culture, string text, params object?[] args) => string.Format(new Choice(culture), text, args);

    // Counts also come as text, such as the argument of a stored message.
    private static bool IsOne(object? count) => count is decimal amount ? amount == 1 : Convert.ToString(count, CultureInfo.InvariantCulture) == "1";

    private sealed class Choice(CultureInfo culture) : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : culture.GetFormat(formatType);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider)
        {
            if (format?.Split('|', 2) is [var one, var other]) return IsOne(arg) ? one : other;
            return arg is IFormattable value ? value.ToString(format, culture) : arg?.ToString() ?? "";
        }
    }
}
