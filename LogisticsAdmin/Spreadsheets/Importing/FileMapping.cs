using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A saved mapping for a whole file: which of its columns are read, and what their values stand for. It replaces choosing column by
/// column. Immutable.
/// </summary>
public abstract record FileMapping(string Key, LocalName Name)
{
    /// <summary>Headers that the file must have, spelled as in the file.</summary>
    public abstract IReadOnlyList<string> Headers { get; }

    /// <summary>The mapping as a file that <see cref="ImportKind.ParseMapping"/> reads.</summary>
    public abstract byte[] ToFile();
}
