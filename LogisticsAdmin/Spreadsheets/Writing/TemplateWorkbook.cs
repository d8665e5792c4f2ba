using ClosedXML.Excel;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// The workbook that an office fills in for an import. The first sheet has only the header, so that no example row gets imported; the
/// example is on a second sheet, and long lists of choices are on a hidden one.
/// </summary>
public static class TemplateWorkbook
{
    /// <summary>Appended to the titles of required columns.</summary>
    public const char RequiredMark = '*';

    /// <summary>Excel's limit for a list of choices inside a validation rule is 255 characters.</summary>
    private const int MaxInlineList = 250;
    private const int LastRow = 1_048_576;

    private static readonly LocalName Example = LocalName.Of<SharedText>("Template.Example");
    private static readonly LocalName Choices = LocalName.Of<SharedText>("Template.Choices");
    private static readonly LocalName NotAChoice = LocalName.Of<SharedText>("Template.NotAChoice");
    private static readonly LocalName Required = LocalName.Of<SharedText>("Template.Required");

    /// <summary>Writes titles, hints, choices and the example in one language.</summary>
    public static void Write(Stream to, LocalName name, IReadOnlyList<ImportColumn> columns, string language)
    {
        using var book = new XLWorkbook();
        var sheets = new List<string>();
        var sheet = book.AddWorksheet(Name(name));
        var example = book.AddWorksheet(Name(Example));
        foreach (var on in new[] { sheet, example })
        {
            foreach (var (i, column) in columns.Index())
            {
                on.Column(i + 1).Style.NumberFormat.Format = FormatOf(column.Use);
                on.Column(i + 1).Width = WidthOf(column);
            }
            on.SheetView.FreezeRows(1);
        }
        foreach (var (i, column) in columns.Index())
        {
            WriteHeader(sheet.Cell(1, i + 1), column);
            WriteHeader(example.Cell(1, i + 1), column);
            if (column.Choices.Count > 0) AddChoices(sheet.Range(2, i + 1, LastRow, i + 1), i + 1, column);
            if (column.Example is not { } said) continue;
            var cell = example.Cell(2, i + 1).SetValue(In(said));
            cell.Style.Font.Italic = true;
            cell.Style.Font.FontColor = XLColor.FromArgb(0x80, 0x80, 0x80);
        }
        book.SaveAs(to);

        string In(LocalName words) => language == Languages.Chinese || words.En.Length == 0 ? words.Zh : words.En;

        string Name(LocalName wanted)
        {
            sheets.Add(SheetName.Of(In(wanted), 1, sheets));
            return sheets[^1];
        }

        string TitleOf(ImportColumn column) => In(column.Title) + (column.Required ? RequiredMark : "");

        void WriteHeader(IXLCell head, ImportColumn column)
        {
            head.SetValue(TitleOf(column));
            head.Style.Font.Bold = true;
            head.Style.Fill.BackgroundColor = XLColor.FromArgb(0xEE, 0xF1, 0xF4);
            head.Style.NumberFormat.Format = "@";
            if (column.Required) head.Style.Font.FontColor = XLColor.FromArgb(0xC0, 0x00, 0x00);
            string?[] notes = [column.Required ? In(Required) : null, column.Hint is { } hint ? In(hint) : null];
            var note = string.Join(' ', notes.Where(n => n is not null));
            if (note.Length > 0) head.Comment.AddText(note);
        }

        double WidthOf(ImportColumn column) => ColumnWidth.Clamp(new[]
        {
            ColumnWidth.Of(TitleOf(column)) + 1,
            column.Example is { } said ? ColumnWidth.Of(In(said)) + 1 : 0,
            column.Choices.Select(c => ColumnWidth.Of(In(c.Name)) + 3).DefaultIfEmpty().Max(),
            column.Use switch { CellUse.Code or CellUse.Phone => 20, CellUse.Day => 12, CellUse.Moment => 18, _ => 10 },
        }.Max());

        void AddChoices(IXLRange cells, int at, ImportColumn column)
        {
            var names = column.Choices.Select(c => In(c.Name)).ToList();
            var rule = cells.SetDataValidation();
            var inline = string.Join(',', names);
            if (inline.Length <= MaxInlineList && !names.Exists(n => n.Contains(',') || n.Contains('"'))) rule.List($"\"{inline}\"", true);
            else rule.List(ListRange(at, names), true);
            // Several values in one cell match no entry of the list, so the list only helps and does not validate.
            rule.ShowErrorMessage = column.Use == CellUse.Choice;
            rule.ErrorMessage = In(NotAChoice);
            rule.IgnoreBlanks = true;
        }

        IXLRange ListRange(int at, List<string> names)
        {
            if (!book.TryGetWorksheet(In(Choices), out var hidden))
            {
                hidden = book.AddWorksheet(Name(Choices));
                hidden.Visibility = XLWorksheetVisibility.VeryHidden;
            }
            foreach (var (row, choice) in names.Index()) hidden.Cell(row + 1, at).SetValue(choice);
            return hidden.Range(1, at, names.Count, at);
        }
    }

    /// <summary>The text format keeps leading zeros and all 18 digits; date formats make Excel parse what is typed.</summary>
    private static string FormatOf(CellUse use) => use switch
    {
        CellUse.WholeNumber => "0",
        CellUse.Amount => "0.00",
        CellUse.Day => "yyyy-mm-dd",
        CellUse.Moment => "yyyy-mm-dd hh:mm",
        _ => "@",
    };
}
