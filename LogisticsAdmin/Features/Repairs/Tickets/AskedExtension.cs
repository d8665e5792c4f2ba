using System.Globalization;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// What the timeline records of a request for an extension, as the code of its entry: the minutes, and whether the limit had passed when it was
/// made. Entries of earlier versions do not say the latter: null.
/// </summary>
public readonly record struct AskedExtension(int Minutes, bool? IsLate)
{
    private const string Late = "Late", InTime = "InTime";

    public static AskedExtension Parse(string? code)
    {
        var parts = (code ?? "").Split('.');
        _ = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes);
        return new AskedExtension(minutes, parts is [_, var when] ? when == Late : null);
    }

    public override string ToString() =>
        Minutes.ToString(CultureInfo.InvariantCulture) + IsLate switch { true => $".{Late}", false => $".{InTime}", null => "" };
}
