using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Reads the XML of one sheet: cells, hidden rows and columns, merged areas.</summary>
internal sealed class SheetXml(XmlPart xml, ReadBudget budget, string[] strings, NumberFormat[] formats, bool countsFrom1904)
{
    // Nobody merges more areas by hand.
    private const int MaxMerged = 100_000;

    private static readonly Cell True = new(CellKind.Boolean, "TRUE", 1);
    private static readonly Cell False = new(CellKind.Boolean, "FALSE");

    private readonly TableBuilder _table = new(budget);
    private readonly StringPool _pool = new();
    private readonly List<MergedArea> _merged = [];
    private readonly bool[] _hidden = new bool[budget.Limits.Columns];
    private int _formulasWithoutValue;

    public SheetTable Read(string name)
    {
        while (xml.Next())
        {
            if (!xml.IsStart) continue;
            switch (xml.Name)
            {
                case "col" when WorkbookFile.IsOn(xml["hidden"]):
                    Hide(Number(xml["min"]), Number(xml["max"]));
                    break;
                case "sheetData" when !xml.IsEmpty:
                    ReadRows();
                    break;
                case "mergeCell" when _merged.Count < MaxMerged && xml["ref"] is { } area:
                    Merge(area);
                    break;
            }
        }
        return _table.Build(name, _merged, c => _hidden[c], countsFrom1904, _formulasWithoutValue);
    }

    private void ReadRows()
    {
        var depth = xml.Depth;
        var row = 0;
        while (xml.NextInside(depth))
        {
            if (xml.Name != "row") continue;
            var empty = xml.IsEmpty;
            var (number, hidden) = (row + 1, false);
            while (xml.NextAttribute())
            {
                if (xml.Name == "r") number = Number(xml.Value);
                else if (xml.Name == "hidden") hidden = WorkbookFile.IsOn(xml.Value);
            }
            if (number <= row || number > CellReference.Rows) throw new InvalidDataException();
            row = number;
            if (empty) continue;
            ReadCells();
            _table.EndRow(row, hidden);
        }
    }

    private void ReadCells()
    {
        // The reader may be positioned on an attribute, which is one level deeper than its row.
        xml.MoveToElement();
        var depth = xml.Depth;
        var column = -1;
        while (xml.NextInside(depth))
        {
            if (xml.Name != "c") continue;
            var empty = xml.IsEmpty;
            column++;
            var (style, type) = (0, "n");
            while (xml.NextAttribute())
            {
                switch (xml.Name)
                {
                    case "r":
                        column = CellReference.Parse(xml.Value).Column;
                        break;
                    case "s":
                        style = Number(xml.Value);
                        break;
                    case "t":
                        type = xml.Value;
                        break;
                }
            }
            if (column >= CellReference.Columns) throw new InvalidDataException();
            if (!empty) _table.SetCell(column, ReadCell(type, style));
        }
    }

    private Cell ReadCell(string type, int style)
    {
        xml.MoveToElement();
        var depth = xml.Depth;
        var cell = Cell.Empty;
        var (hasFormula, hasValue) = (false, false);
        while (xml.NextInside(depth))
        {
            switch (xml.Name)
            {
                case "v":
                    var value = xml.Content();
                    hasValue = value.Length > 0 || type == "str";
                    cell = value.Length == 0 ? Cell.Empty : CellOf(type, value, style);
                    break;
                case "is":
                    cell = Text(xml.StringItem(), style);
                    break;
                case "f":
                    hasFormula = true;
                    xml.Skip();
                    break;
                default:
                    xml.Skip();
                    break;
            }
        }
        if (hasFormula && !hasValue) _formulasWithoutValue++;
        return cell;
    }

    private Cell CellOf(string type, ReadOnlySpan<char> value, int style) => type switch
    {
        "s" => Shared(int.Parse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture), style),
        "str" or "inlineStr" => Text(value, style),
        "b" => value is "1" or "true" ? True : False,
        "e" => new Cell(CellKind.Error, Counted(_pool.Get(value))),
        "d" => Date(SerialDate.Of(AsWritten(value)), NumberFormat.General),
        _ => Numeric(value, style),
    };

    /// <summary>Day and time as the text has them: an offset is not applied, because the server's time zone would come in.</summary>
    private static DateTime AsWritten(ReadOnlySpan<char> value) => value.Contains('T')
        ? DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).DateTime
        : DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault);

    private Cell Shared(int index, int style)
    {
        if ((uint)index >= (uint)strings.Length) throw new InvalidDataException();
        return TextCell(strings[index], style);
    }

    private Cell Text(ReadOnlySpan<char> text, int style) => TextCell(Counted(Unescaped(_pool.Get(text))), style);

    private NumberFormat FormatOf(int style) => (uint)style < (uint)formats.Length ? formats[style] : NumberFormat.General;

    private string Counted(string text)
    {
        budget.CountText(text.Length);
        return text;
    }

    private Cell TextCell(string text, int style)
    {
        if (string.IsNullOrWhiteSpace(text)) return Cell.Empty;
        return new Cell(CellKind.Text, FormatOf(style).Apply(text) is { } shown ? Counted(shown) : text);
    }

    private Cell Numeric(ReadOnlySpan<char> value, int style)
    {
        var number = double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number)) throw new InvalidDataException();
        var format = FormatOf(style);
        if (format.IsDate)
        {
            // A time of day alone is the same in the 1900 and the 1904 system.
            var serial = countsFrom1904 && number >= 1 && !format.IsElapsed ? number + SerialDate.DaysTo1904 : number;
            if (Date(serial, format) is { IsEmpty: false } date) return date;
        }
        return new Cell(CellKind.Number, Counted(format.Apply(number) ?? (NumberText.IsShort(value) ? _pool.Get(value) : NumberText.Of(number))), number);
    }

    private Cell Date(double serial, NumberFormat format) =>
        SerialDate.Text(serial, format.IsElapsed) is { } text ? new Cell(CellKind.Date, _pool.Get(text), serial) : Cell.Empty;

    private void Hide(int from, int to)
    {
        for (var c = Math.Max(from, 1); c <= to && c <= _hidden.Length; c++) _hidden[c - 1] = true;
    }

    private void Merge(string area)
    {
        var colon = area.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return;
        _merged.Add(new MergedArea(CellReference.Parse(area.AsSpan(0, colon)), CellReference.Parse(area.AsSpan(colon + 1))));
    }

    private static int Number(string? value) => value is null ? 0 : int.Parse(value, NumberStyles.Integer, CultureInfo.InvariantCulture);

    /// <summary>Decodes _x000D_ and the like: Excel's spelling of characters that XML can't hold, with _x005F_ for a literal underscore.</summary>
    internal static string Unescaped(string text)
    {
        const int length = 7;
        if (!text.Contains("_x", StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + length <= text.Length && text[i] == '_' && text[i + 1] == 'x' && text[i + length - 1] == '_'
                && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += length - 1;
            }
            else
            {
                plain.Append(text[i]);
            }
        }
        return plain.ToString();
    }
}
