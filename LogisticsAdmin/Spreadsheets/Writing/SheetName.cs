using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>Makes a valid and unique sheet name: at most 31 characters, without those that Excel forbids.</summary>
internal static class SheetName
{
    private const int MaxLength = 31;

    public static string Of(string wanted, int number, IEnumerable<string> taken)
    {
        var names = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var clean = Clean(wanted);
        var name = Cut(clean, MaxLength);
        for (var n = Math.Max(2, number); names.Contains(name); n++)
        {
            var tail = string.Create(CultureInfo.InvariantCulture, $" {n}");
            name = Cut(clean, MaxLength - tail.Length) + tail;
        }
        return name;
    }

    private static string Clean(string wanted)
    {
        var clean = new StringBuilder();
        foreach (var rune in wanted.EnumerateRunes())
            if (!Rune.IsControl(rune) && rune.Value is not ('[' or ']' or ':' or '*' or '?' or '/' or '\\' or 0xFFFE or 0xFFFF)) clean.Append(rune);
        var name = clean.ToString().Trim().Trim('\'').Trim();
        // Excel reserves the name History.
        return name.Length == 0 || name.Equals("History", StringComparison.OrdinalIgnoreCase) ? $"{name}Sheet" : name;
    }

    private static string Cut(string name, int length)
    {
        if (name.Length <= length) return name;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)].TrimEnd('\'', ' ');
    }
}
