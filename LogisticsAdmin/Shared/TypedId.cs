using System.Globalization;

namespace LogisticsAdmin.Shared;

/// <summary>An id as addresses and forms carry it: digits only. Anything else is no id, never an error.</summary>
internal static class TypedId
{
    public static long? Parse(ReadOnlySpan<char> typed) =>
        long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
