using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>How the cells of a column are read.</summary>
public enum CellUse
{
    Text = 1,

    /// <summary>A number that names somebody or something: digits and leading zeros count, arithmetic does not.</summary>
    Code = 2,
    Phone = 3,
    WholeNumber = 4,
    Amount = 5,
    Day = 6,
    Moment = 7,

    /// <summary>One of <see cref="ImportColumn.Choices"/>.</summary>
    Choice = 8,

    /// <summary>Several of them, separated by commas, semicolons or slashes of either width.</summary>
    Choices = 9,
}

/// <summary>One of a few values that a column allows: what it is stored as, what it is called, and what else offices write for it.</summary>
public sealed record ImportChoice(string Value, LocalName Name, params IReadOnlyList<string> AlsoCalled)
{
    /// <summary>A member of an enum, called by the slice's words "Enum.Member".</summary>
    public static ImportChoice Of<TWords>(Enum member, params IReadOnlyList<string> alsoCalled) =>
        new(member.ToString(), LocalName.Of<TWords>($"{member.GetType().Name}.{member}"), alsoCalled);
}

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
