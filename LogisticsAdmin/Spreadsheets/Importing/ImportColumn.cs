using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A column that a kind of import understands. Its title is what people see and what a template's header says; headers of files are
/// recognised by it in both languages, and by what else offices call it.
/// </summary>
public sealed record ImportColumn(string Key, LocalName Title, CellUse Use, bool Required = false)
{
    /// <summary>A column by the slice's words "Column.key", "Hint.key" and "Example.key"; a length of 0 is without limit.</summary>
    public static ImportColumn Of<TWords>(string key, CellUse use, int maxLength = 0, params IReadOnlyList<string> alsoCalled) =>
        new(key, LocalName.Of<TWords>($"Column.{key}"), use)
        {
            MaxLength = maxLength,
            AlsoCalled = alsoCalled,
            Hint = LocalName.Of<TWords>($"Hint.{key}"),
            Example = LocalName.Of<TWords>($"Example.{key}"),
        };

    public IReadOnlyList<string> AlsoCalled { get; init; } = [];
    public IReadOnlyList<ImportChoice> Choices { get; init; } = [];

    /// <summary>One sentence for the template's comment: what belongs here.</summary>
    public LocalName? Hint { get; init; }

    /// <summary>The template's example row.</summary>
    public LocalName? Example { get; init; }

    /// <summary>In characters; 0 is without limit.</summary>
    public int MaxLength { get; init; }
}
