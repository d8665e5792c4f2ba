namespace LogisticsAdmin.Data.Sqlite;

/// <summary>
/// The SQL of full-text search: an FTS5 table for each searched entity, contentless, so that it stores no text a second time. The tables
/// are created at each start, never in a migration: EF rebuilds tables and silently drops their triggers. {0} and {1} are parameters.
/// </summary>
internal static class SqliteSearch
{
    public static string Table(Type entity) => $"{entity.Name}Search";

    /// <summary>The FTS5 query for phrases that must all be found.</summary>
    public static string Query(IEnumerable<SearchPhrase> phrases) =>
        string.Join(" AND ", phrases.Select(p => $"\"{string.Join(' ', p.Tokens)}\"{(p.EndsInWord ? "*" : "")}"));

    // The text is already split into words. 'ascii' leaves all other characters alone; 'unicode61' would drop accents and characters newer
    // than its tables, among them rare ones of Chinese names.
    public static string Create(string table) =>
        $"CREATE VIRTUAL TABLE IF NOT EXISTS \"{table}\" USING fts5(text, content='', contentless_delete=1, tokenize='ascii')";

    public static string Select(string table) => $"SELECT rowid AS \"Value\" FROM \"{table}\" WHERE \"{table}\" MATCH {{0}}";

    public static string SelectNewest(string table) => Select(table) + " ORDER BY rowid DESC LIMIT {1}";

    public static string SelectNothing(string table) => $"SELECT rowid AS \"Value\" FROM \"{table}\" WHERE 0";

    /// <summary>For a row that is known to be new.</summary>
    public static string Insert(string table, string id, string text) => $"INSERT INTO \"{table}\"(rowid, text) VALUES ({id}, {text})";

    public static string Set(string table, string id = "{0}", string text = "{1}") =>
        $"INSERT OR REPLACE INTO \"{table}\"(rowid, text) VALUES ({id}, {text})";

    public static string Delete(string table, string id = "{0}") => $"DELETE FROM \"{table}\" WHERE rowid = {id}";

    public static string Clear(string table) => $"INSERT INTO \"{table}\"(\"{table}\") VALUES ('delete-all')";

    /// <summary>How many rows the entity's table has, then how many the search table has.</summary>
    public static string Counts(string entityTable, string table) =>
        $"SELECT (SELECT count(*) FROM \"{entityTable}\") AS \"Value\" UNION ALL SELECT (SELECT count(*) FROM \"{table}_docsize\")";
}
