using System.Globalization;
using System.Text;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Data;

/// <summary>
/// Full-text search that finds any sequence of Chinese characters: the index has one token per Chinese character, so that one, two and three
/// characters are found equally fast. This class defines the words of a text and when the index changes; the database engine stores and
/// searches them.
/// </summary>
public static class SearchIndex
{
    private const string SearchedAnnotation = "LogisticsAdmin:Searched";

    /// <summary>
    /// The words of a text as the index sees them: each Chinese character is a word of its own, other letters and digits form words.
    /// </summary>
    public static List<string> Tokens(string text)
    {
        List<string> tokens = [];
        var word = new StringBuilder();
        foreach (var rune in CleanText.WithoutLoneSurrogates(text).Normalize(NormalizationForm.FormKC).EnumerateRunes())
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

    /// <summary>Whether the typed text contains any word; without one nothing is found.</summary>
    public static bool HasWords(string typed) => Phrases(typed).Count > 0;

    /// <summary>The typed words that can be searched for; each is one phrase.</summary>
    public static IReadOnlyList<string> Words(string typed) =>
        [.. typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(HasWords).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Whether every typed phrase is contained in one of these texts, by the same rules as the index. Used for rows that arrive live.
    /// </summary>
    public static bool Matches(string typed, params IEnumerable<string> texts)
    {
        var phrases = Phrases(typed);
        if (phrases.Count == 0) return false;
        var tokens = texts.Select(Tokens).ToList();
        return phrases.TrueForAll(phrase => tokens.Exists(text => Contains(text, phrase)));
    }

    /// <summary>Splits the typed text at spaces into phrases. A row is found when it contains all of them.</summary>
    internal static List<SearchPhrase> Phrases(string typed) =>
        [.. typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Tokens).Where(t => t.Count > 0)
            .Select(t => new SearchPhrase(t, EndsInWord: !IsIdeograph(t[^1].EnumerateRunes().First())))];

    private static bool Contains(List<string> tokens, SearchPhrase phrase)
    {
        var wanted = phrase.Tokens;
        for (var at = 0; at + wanted.Count <= tokens.Count; at++)
        {
            var i = 0;
            while (i < wanted.Count && IsMatch(tokens[at + i], wanted[i], isLast: i == wanted.Count - 1)) i++;
            if (i == wanted.Count) return true;
        }
        return false;

        bool IsMatch(string token, string typed, bool isLast) =>
            token == typed || (isLast && phrase.EndsInWord && token.StartsWith(typed, StringComparison.Ordinal));
    }

    private static bool IsIdeograph(Rune rune) =>
        rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF)
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter && rune.Value is >= 0x3040 and <= 0x30FF);

    internal static bool TextChanged(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Deleted
        || entry.Properties.Any(p => p.IsModified && IsSearched(p.Metadata));

    internal static bool IsSearched(IReadOnlyProperty property) => property.FindAnnotation(SearchedAnnotation) is not null;

    /// <summary>Marks a column as part of the search text, so that other changes leave the index alone.</summary>
    public static void IsSearched(this PropertyBuilder property) => property.Metadata.SetAnnotation(SearchedAnnotation, true);

    internal static async Task AfterSaveAsync(LogisticsDb db, PendingChanges changes, IDatabaseEngine engine, CancellationToken ct)
    {
        foreach (var (entity, state) in changes.SearchTouched)
        {
            if (state == EntityState.Deleted) await engine.RemoveSearchTextAsync(db, entity.GetType(), entity.Id, ct);
            else await engine.SetSearchTextAsync(db, entity.GetType(), entity.Id, IndexedText(entity.SearchText), ct);
        }
        changes.SearchTouched.Clear();
    }

    /// <summary>The form of a text that the engine indexes: its words, separated by spaces.</summary>
    public static string IndexedText(string text) => string.Join(' ', Tokens(text));
}
