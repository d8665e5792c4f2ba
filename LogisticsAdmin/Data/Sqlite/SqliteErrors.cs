using Microsoft.Data.Sqlite;

namespace LogisticsAdmin.Data.Sqlite;

/// <summary>What SQLite's primary result codes mean.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CantOpen = 14, NotADatabase = 26;

    public static bool IsLocked(Exception e) => CodeOf(e) is Busy or Locked;

    public static bool IsDamaged(Exception e) => CodeOf(e) is Corrupt or NotADatabase;

    public static bool IsFull(Exception e) => CodeOf(e) is Full;

    public static bool IsUnwritable(Exception e) => CodeOf(e) is ReadOnly or CantOpen or InputOutput or Full;

    public static bool IsUnusable(Exception e) => IsDamaged(e) || IsUnwritable(e);

    private static int? CodeOf(Exception e) => (e as SqliteException ?? e.InnerException as SqliteException)?.SqliteErrorCode;
}
