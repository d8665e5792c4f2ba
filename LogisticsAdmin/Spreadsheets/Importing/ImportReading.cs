using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A way to read a whole file that somebody wrote down before: which of its columns are read, and what their values stand for. It takes
/// the place of the mapping column by column. Immutable: a changed one is another.
/// </summary>
public abstract record ImportReading(string Key, LocalName Name)
{
    /// <summary>Headers that the file must have, as they are written there.</summary>
    public abstract IReadOnlyList<string> Headers { get; }

    /// <summary>The reading as a file that <see cref="ImportKind.ReadingOf"/> takes: to keep, to send, to remember.</summary>
    public abstract byte[] ToFile();
}
