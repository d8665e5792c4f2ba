using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

/// <summary>An id that somebody typed is read in one place, so that all addresses and forms understand the same.</summary>
internal static partial class ArchitectureRules
{
    public static IEnumerable<string> IdsAreParsedInOnePlace(string path, string text) =>
        IsIn("LogisticsAdmin/", path) && path is not "LogisticsAdmin/Shared/TypedId.cs"
            ? IdParsedByHand().Matches(Code(text)).Select(found => $"{path}: read an id with TypedId.Parse; a number that may be negative says "
                + $"NumberStyles.AllowLeadingSign: {found.Value.Trim()}")
            : [];

    /// <summary>No number but an id is read without a sign: amounts and the keys of figures may be negative.</summary>
    [GeneratedRegex(@"\b(long|Int64)\.TryParse\((?!(?:(?!\bout\b)[^;])*NumberStyles\.AllowLeadingSign)[^;\n]*")]
    private static partial Regex IdParsedByHand();
}
