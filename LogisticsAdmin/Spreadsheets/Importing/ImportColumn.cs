using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A column of a kind of import. Its title is shown and is the header in templates; headers of files are recognised by it in both
/// languages, and by the other names in <see cref="Aliases"/>.
/// </summary>
public sealed record ImportColumn(string Key, LocalName Title, CellUse Use, bool Required = false)
{
    /// <summary>A column named by the resource keys "Column.key", "Hint.key" and "Example.key" of the slice; length 0 means no limit.</summary>
    public static ImportColumn Of<TResource>(string key, CellUse use, int maxLength = 0, params IReadOnlyList<string> aliases) =>
        new(key, LocalName.Of<TResource>($"Column.{key}"), use)
        {
            MaxLength = maxLength,
            Aliases = aliases,
            Hint = LocalName.Of<TResource>($"Hint.{key}"),
            Example = LocalName.Of<TResource>($"Example.{key}"),
        };

    public IReadOnlyList<string> Aliases { get; init; } = [];
    public IReadOnlyList<ImportChoice> Choices { get; init; } = [];

    /// <summary>Key of a column that a row may fill in instead of this required one.</summary>
    public string? UnlessGiven { get; init; }

    /// <summary>One sentence for the cell comment in the template.</summary>
    public LocalName? Hint { get; init; }

    /// <summary>Value in the template's example row.</summary>
    public LocalName? Example { get; init; }

    /// <summary>Rewrites a number that is typed with a unit, such as 7层, before it is read.</summary>
    public Func<string, string>? WithoutUnit { get; init; }

    /// <summary>A value in the reader's language, where it is stored in another form; null where it is not. Choices need none.</summary>
    public Func<string, string>? Show { get; init; }

    /// <summary>In characters; 0 means no limit.</summary>
    public int MaxLength { get; init; }
}
