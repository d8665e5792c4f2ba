using System.Globalization;
using System.Text;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace LogisticsAdmin.Data;

/// <summary>
/// Full-text search that finds Chinese by any run of characters: FTS5 with one token per character, contentless, so that one, two
/// and three characters answer alike. The tables are made at each start, never in a migration.
/// </summary>
public static class SearchIndex
{
    private const string TextWhenRead = "TextWhenRead";

    public static string Table(string entity) => $"{entity}Search";

    /// <summary>
    /// The words of a text as the index sees them: each Chinese character is a word of its own, other letters and digits form words.
    /// </summary>
    public static List<string> Tokens(string text)
    {
        List<string> tokens = [];
        var word = new StringBuilder();
        foreach (var rune in CleanText.Whole(text).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            var isWide = IsIdeograph(rune);
            if (!isWide && Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }
            Flush();
            if (isWide) tokens.Add(rune.ToString());
        }
        Flush();
        return tokens;

        void Flush()
        {
            if (word.Length == 0) return;
            tokens.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>
    /// Whether a text holds every phrase that was typed, by the same rules as the index: for rows that arrive live. What holds no word finds nothing.
    /// </summary>
    public static bool Matches(string text, string typed)
    {
        var phrases = Phrases(typed).ToList();
        if (phrases.Count == 0) return false;
        var tokens = Tokens(text);
        return phrases.TrueForAll(phrase => Contains(tokens, phrase));
    }

    /// <summary>The FTS5 query for what was typed; null when it holds no word at all.</summary>
    public static string? Query(string typed)
    {
        var phrases = Phrases(typed).ToList();
        if (phrases.Count == 0) return null;
        return string.Join(" AND ", phrases.Select(p => $"\"{string.Join(' ', p)}\"{(EndsInWord(p) ? "*" : "")}"));
    }

    private static IEnumerable<List<string>> Phrases(string typed) =>
        typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Tokens).Where(t => t.Count > 0);

    // A word still being typed matches by its beginning; a Chinese character is always whole.
    private static bool EndsInWord(List<string> phrase) => !IsIdeograph(phrase[^1].EnumerateRunes().First());

    private static bool Contains(List<string> tokens, List<string> phrase)
    {
        for (var at = 0; at + phrase.Count <= tokens.Count; at++)
        {
            var i = 0;
            while (i < phrase.Count && Same(tokens[at + i], phrase[i], last: i == phrase.Count - 1)) i++;
            if (i == phrase.Count) return true;
        }
        return false;

        bool Same(string token, string wanted, bool last) =>
            token == wanted || (last && EndsInWord(phrase) && token.StartsWith(wanted, StringComparison.Ordinal));
    }

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter && rune.Value is >= 0x3040 and <= 0x30FF);

    internal static bool TextChanged(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Deleted
        || entry.Properties.Any(p => p.IsModified && IsSearched(p.Metadata));

    internal static bool IsSearched(Microsoft.EntityFrameworkCore.Metadata.IReadOnlyProperty property) => property.FindAnnotation(TextWhenRead) is not null;

    /// <summary>Marks a column as part of the search text, so that other changes leave the index alone.</summary>
    public static void IsSearched(this Microsoft.EntityFrameworkCore.Metadata.Builders.PropertyBuilder property) =>
        property.Metadata.SetAnnotation(TextWhenRead, true);

    internal static async Task AfterSaveAsync(LogisticsDb db, PendingChanges changes, CancellationToken ct)
    {
        foreach (var (entity, state) in changes.SearchTouched)
        {
            var id = entity.Id;
            var table = Table(entity.GetType().Name);
            if (state == EntityState.Deleted) await db.Database.ExecuteSqlRawAsync(DeleteSql(table), [id], ct);
            else await db.Database.ExecuteSqlRawAsync(UpsertSql(table), [id, IndexedText(entity.SearchText)], ct);
        }
        changes.SearchTouched.Clear();
    }

    public static string IndexedText(string text) => string.Join(' ', Tokens(text));

    // The text comes already cut into words. 'ascii' leaves all other characters alone; 'unicode61' would drop accents and characters
    // newer than its tables, among them rare ones of Chinese names.
    public static string CreateSql(string table) =>
        $"CREATE VIRTUAL TABLE IF NOT EXISTS \"{table}\" USING fts5(text, content='', contentless_delete=1, tokenize='ascii')";

    public static string UpsertSql(string table) => $"INSERT OR REPLACE INTO \"{table}\"(rowid, text) VALUES ({{0}}, {{1}})";

    /// <summary>For a thing that is known to be new: rowid and indexed text.</summary>
    internal static string InsertSql(string table) => $"INSERT INTO \"{table}\"(rowid, text) VALUES (@0, @1)";

    internal static string ClearSql(string table) => $"INSERT INTO \"{table}\"(\"{table}\") VALUES ('delete-all')";

    internal static string DeleteSql(string table) => $"DELETE FROM \"{table}\" WHERE rowid = {{0}}";
}
