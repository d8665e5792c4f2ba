using System.Text.RegularExpressions;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Rows of a list that hold nothing to import: numbered in advance and left empty, sums, and who filled in and checked the list.</summary>
internal static partial class IgnoredRows
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    /// <summary>Whether the row is one of them; <paramref name="at"/> maps the kind's columns to columns of the sheet.</summary>
    public static bool Contains(SheetRow row, IReadOnlyList<ImportColumn> columns, IReadOnlyDictionary<string, int> at)
    {
        if (at.Values.All(c => IsBlank(row[c]))) return true;
        var first = TypedText.Clean(row.Cells.FirstOrDefault(c => !IsBlank(c)).Text ?? "");
        if (Sums().IsMatch(first)) return true;
        return Footers().IsMatch(first) && columns.Any(c => c.Required && at.TryGetValue(c.Key, out var column) && IsBlank(row[column]));
    }

    private static bool IsBlank(Cell cell) => cell.IsEmpty || cell.Kind == CellKind.Text && TypedText.IsBlank(cell.Text);

    [GeneratedRegex(@"^(合\s*计|总\s*计|小\s*计|共\s*计|总数|total|sum)\s*:?\s*(\d[\d,.]*\s*\p{L}?)?\s*:?$", Options)]
    private static partial Regex Sums();

    [GeneratedRegex(
        @"^(填表|制表|填报|审核|审批|复核|经办|负责|联系|校对|打印|" +
        @"单位|部门|学院|备注|注|说明|日期|时间)\p{L}{0,4}\s*:", Options)]
    private static partial Regex Footers();
}
