using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Places;

/// <summary>Why the app itself retired a place or a bed: stored as a code, shown in the reader's language.</summary>
public static class RetireReasons
{
    /// <summary>An import of rooms lowered the number of beds.</summary>
    public const string RoomsImport = "rooms-import";

    /// <summary>Whoever had added the bed took that back.</summary>
    public const string Undone = "undone";

    /// <summary>A stored reason as the office reads it; null where none was given.</summary>
    public static string? Words(string? because) => Code(because)?.ToString() ?? (string.IsNullOrEmpty(because) ? null : because);

    /// <summary>The words of a code; null for a reason that somebody typed.</summary>
    internal static LocalName? Code(string? because) => because switch
    {
        RoomsImport => LocalName.Of<PlacesText>("RetiredBy.RoomsImport"),
        Undone => LocalName.Of<PlacesText>("RetiredBy.Undone"),
        ImportKind.UndoneReason => LocalName.Of<PlacesText>("RetiredByUndo"),
        _ => null,
    };
}
