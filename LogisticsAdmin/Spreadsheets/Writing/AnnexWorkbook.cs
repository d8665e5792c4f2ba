using System.Globalization;
using ClosedXML.Excel;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>Writes tables as a workbook: one sheet for each, with a header that stays in view, and typed cells.</summary>
public static class AnnexWorkbook
{
    private const int RowsBetweenChecks = 200, RowsMeasured = 200;
    private const string Text = "@";

    /// <summary>Writes the sheets in their order; <paramref name="progress"/> gets shares from 0 to 1.</summary>
    /// <param name="sheets">The sheets; names are made valid and unique.</param>
    /// <param name="rows">How many rows they have together, for the progress.</param>
    /// <param name="progress">Told while the rows are added.</param>
    /// <param name="ct">Asked while the rows are added, and before the file is packed.</param>
    public static byte[] Write(IEnumerable<AnnexSheet> sheets, int rows, IProgress<double>? progress, CancellationToken ct)
    {
        using var book = new XLWorkbook { EventTracking = XLEventTracking.Disabled };
        List<string> names = [];
        var written = 0;
        foreach (var sheet in sheets)
        {
            names.Add(SheetName.Of(sheet.Name, 1, names));
            var on = book.AddWorksheet(names[^1]);
            Describe(on, sheet);
            var row = 1;
            foreach (var cells in sheet.Rows)
            {
                if (written++ % RowsBetweenChecks == 0)
                {
                    ct.ThrowIfCancellationRequested();
                    progress?.Report(Math.Min(0.9, 0.9 * written / Math.Max(1, rows)));
                }
                row++;
                for (var i = 0; i < cells.Count; i++)
                    if (cells[i] is { } value) Put(on.Cell(row, i + 1), value);
            }
        }
        ct.ThrowIfCancellationRequested();
        using var file = new MemoryStream();
        book.SaveAs(file);
        progress?.Report(1);
        return file.ToArray();
    }

    private static void Describe(IXLWorksheet on, AnnexSheet sheet)
    {
        var widths = sheet.Columns.Select(c => ColumnWidth.Of(c.Title) + 1).ToArray();
        foreach (var cells in sheet.Rows.Take(RowsMeasured))
            for (var i = 0; i < cells.Count; i++) widths[i] = Math.Max(widths[i], WidthOf(cells[i]));
        foreach (var (i, column) in sheet.Columns.Index())
        {
            on.Column(i + 1).Style.NumberFormat.Format = column.NumberFormat ?? Text;
            on.Column(i + 1).Width = ColumnWidth.Clamp(widths[i]);
            var head = on.Cell(1, i + 1).SetValue(CellText.ForWorkbook(column.Title));
            head.Style.Font.Bold = true;
            head.Style.Fill.BackgroundColor = XLColor.FromArgb(0xEE, 0xF1, 0xF4);
            head.Style.NumberFormat.Format = Text;
        }
        on.SheetView.FreezeRows(1);
    }

    private static double WidthOf(object? value) => value switch
    {
        null => 0,
        string text => ColumnWidth.Of(text) + 1,
        DateTime => 18,
        AnnexCell cell => cell.Value is { } number ? Digits(number) : 0,
        IFormattable number => Digits(number),
        _ => 10,
    };

    private static double Digits(IFormattable number) => ColumnWidth.Of(number.ToString("N2", CultureInfo.InvariantCulture)) + 1;

    private static void Put(IXLCell cell, object value)
    {
        switch (value)
        {
            case string text:
                cell.SetValue(CellText.ForWorkbook(text));
                break;
            case DateTime moment:
                // As the number that Excel stores; the column says that it is a moment.
                cell.SetValue(moment.ToOADate());
                break;
            case AnnexCell own:
                cell.Style.NumberFormat.Format = own.NumberFormat;
                if (own.Value is { } number) cell.SetValue((double)number);
                break;
            default:
                cell.SetValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
