namespace LogisticsAdmin.Shared;

/// <summary>The words of a typed search. Each becomes a condition of the query, inside that of the word before.</summary>
public static class SearchWords
{
    /// <summary>So many words are looked for, and those behind them are left out: SQLite refuses conditions that are nested 1,000 deep.</summary>
    public const int Most = 10;

    /// <summary>So many characters are read.</summary>
    public const int Longest = 200;

    private static readonly char[] Space = [' '];

    /// <summary>The first words of what was typed, each once.</summary>
    public static IReadOnlyList<string> Of(string? typed) => Of(typed, Space);

    /// <summary>The same for words that other characters divide too.</summary>
    public static IReadOnlyList<string> Of(string? typed, char[] separators) =>
    [
        .. CleanText.Clean(typed is { Length: > Longest } ? typed[..Longest] : typed).Split(separators, StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal).Take(Most),
    ];
}
