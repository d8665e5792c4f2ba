using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Finds the header row of a table and recognises its columns. Deterministic.</summary>
public static class HeaderFinder
{
    private const int RowsSearched = 30;

    private static readonly string[] Remarks = ["必填", "选填", "非必填", "可选", "required", "optional"];

    /// <summary>
    /// The row, among the first ones, that names most columns, by itself or combined with the row above it (a header of two rows, of which
    /// the second names the columns). If nothing is recognised: the first row with two texts, otherwise the first row.
    /// </summary>
    public static FoundHeader Find(SheetTable table, IReadOnlyList<ImportColumn> columns)
    {
        var names = NamesOf(columns);
        var (best, score) = (default(FoundHeader), 0.0);
        for (var row = 0; row < table.Rows.Count && row < RowsSearched; row++)
        {
            foreach (var withAbove in new[] { false, true })
            {
                if (withAbove && (row == 0 || table.Rows[row].Number != table.Rows[row - 1].Number + 1)) continue;
                var titles = Titles(table, row, withAbove);
                var guess = Guess(titles, names);
                if (guess.Sum(g => Math.Min(g.Similarity, 1)) is var sum && sum <= score) continue;
                (best, score) = (Found(table, row, titles, guess), sum);
            }
        }
        return best ?? At(table, columns, Fallback(table));
    }

    /// <summary>The header when a person chose its row.</summary>
    public static FoundHeader At(SheetTable table, IReadOnlyList<ImportColumn> columns, int row)
    {
        var titles = Titles(table, row, withAbove: false);
        return Found(table, row, titles, Guess(titles, NamesOf(columns)));
    }

    private static FoundHeader Found(SheetTable table, int row, string[] titles, List<Match> guess)
    {
        var first = row + 1;
        while (first < table.Rows.Count && IsRemark(table.Rows[first])) first++;
        return new FoundHeader(row, first, Unique(titles), guess.ToDictionary(g => g.Key, g => g.Column));
    }

    private static int Fallback(SheetTable table)
    {
        for (var row = 0; row < table.Rows.Count && row < RowsSearched; row++)
            if (table.Rows[row].Cells.Where(c => c.Kind == CellKind.Text).DistinctBy(c => c.Text).Count() >= 2) return row;
        return 0;
    }

    private static string[] Titles(SheetTable table, int row, bool withAbove)
    {
        var titles = new string[table.Columns];
        for (var c = 0; c < titles.Length; c++)
        {
            var cell = table.Rows[row][c];
            if (withAbove && cell.IsEmpty) cell = table.Rows[row - 1][c];
            titles[c] = string.Join(' ', cell.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        return titles;
    }

    /// <summary>Pairs columns by descending similarity; ties are decided by the kind's order, then by the sheet's.</summary>
    private static List<Match> Guess(string[] titles, List<(string Key, HeaderName[] Names)> columns)
    {
        List<Match> matches = [];
        var headers = titles.Select(HeaderName.Of).ToArray();
        for (var c = 0; c < headers.Length; c++)
        {
            for (var n = 0; n < columns.Count; n++)
            {
                var (key, names) = columns[n];
                for (var called = 0; called < names.Length; called++)
                    if (headers[c].Similarity(names[called]) is var similarity and > 0) matches.Add(new Match(key, c, similarity, called, n));
            }
        }
        HashSet<string> taken = [];
        HashSet<int> used = [];
        return [.. matches.OrderByDescending(m => m.Similarity).ThenBy(m => m.NameIndex).ThenBy(m => m.Order).ThenBy(m => m.Column)
            .Where(m => !taken.Contains(m.Key) && !used.Contains(m.Column) && taken.Add(m.Key) && used.Add(m.Column))];
    }

    private static List<(string Key, HeaderName[] Names)> NamesOf(IReadOnlyList<ImportColumn> columns) =>
        [.. columns.Select(c => (c.Key, new[] { c.Title.Zh, c.Title.En }.Concat(c.Aliases).Select(HeaderName.Of).ToArray()))];

    private static string[] Unique(string[] titles)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        return [.. titles.Select((title, column) =>
        {
            var name = title.Length > 0 ? title : CellReference.Letters(column);
            var unique = name;
            for (var n = 2; !taken.Add(unique); n++) unique = $"{name} ({n})";
            return unique;
        })];
    }

    /// <summary>A row below the header that only describes the columns, such as （必填） or （元）.</summary>
    private static bool IsRemark(SheetRow row) => row.Cells.All(c => c.IsEmpty || c.Kind == CellKind.Text && IsRemark(c.Text.Trim()));

    private static bool IsRemark(string text) =>
        text is ['(' or '（' or '[' or '【', .., ')' or '）' or ']' or '】'] || Remarks.Contains(text, StringComparer.OrdinalIgnoreCase);

    private readonly record struct Match(string Key, int Column, double Similarity, int NameIndex, int Order);
}
