namespace LogisticsAdmin.Data.Sqlite;

/// <summary>
/// A table in which a migration notes what it had to change in stored rows, within its own transaction. The start logs the notes and drops
/// the table, so that they are not lost when the app is stopped in between.
/// </summary>
internal static class MigrationNotes
{
    public const string Table = "__MigrationNotes";

    public const string Create = $"CREATE TABLE IF NOT EXISTS \"{Table}\" (\"Note\" TEXT NOT NULL)";

    public const string Select = $"SELECT \"Note\" AS \"Value\" FROM \"{Table}\" ORDER BY rowid";

    public const string Drop = $"DROP TABLE IF EXISTS \"{Table}\"";
}
