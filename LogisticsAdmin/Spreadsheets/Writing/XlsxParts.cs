using System.Globalization;
using System.Security;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>What a workbook's last part must know of a sheet that is written.</summary>
internal sealed record XlsxSheet(string Name, int Columns, int Frozen, int FilterRow = 0, int LastRow = 0)
{
    public string Area => $"$A${FilterRow}:${XlsxParts.Letters(Columns)}${LastRow}";
}

/// <summary>The parts of a workbook around its cells (ECMA-376).</summary>
internal static class XlsxParts
{
    private const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    // Sheets are what is not named: this part goes out first, before anybody knows how many there will be.
    public const string ContentTypes = $"""
        {Head}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{Kind}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Kind}.styles+xml"/></Types>
        """;

    public const string Relations = $"""
        {Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    /// <summary>Cell formats in the order of <see cref="CellStyle"/>.</summary>
    public const string Styles = $"""
        {Head}<styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>
        <fonts count="4"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><sz val="11"/><color rgb="FFC00000"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><color rgb="FFC00000"/><name val="Calibri"/><family val="2"/></font></fonts>
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEF1F4"/><bgColor indexed="64"/></patternFill></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="3" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    public static string SheetHead(IReadOnlyList<double> widths, int frozen, bool isFirst)
    {
        var xml = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"""{Head}<worksheet xmlns="{Main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView {(isFirst ? "tabSelected=\"1\" " : "")}workbookViewId="0">""");
        if (frozen > 0) xml.Append(CultureInfo.InvariantCulture, $"""<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>""");
        xml.Append("""</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>""");
        foreach (var (i, width) in widths.Index())
            xml.Append(CultureInfo.InvariantCulture, $"""<col min="{i + 1}" max="{i + 1}" width="{width}" customWidth="1"/>""");
        return xml.Append("</cols><sheetData>").ToString();
    }

    // Printed as an office prints lists: A4 across, all columns on a page.
    public static string SheetFoot(XlsxSheet sheet) =>
        $"""</sheetData>{(sheet.FilterRow > 0 ? $"""<autoFilter ref="{sheet.Area.Replace("$", "")}"/>""" : "")}<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>""";

    public static string Workbook(IReadOnlyList<XlsxSheet> sheets)
    {
        var xml = new StringBuilder($"""{Head}<workbook xmlns="{Main}" xmlns:r="{Office}"><bookViews><workbookView/></bookViews><sheets>""");
        foreach (var (i, sheet) in sheets.Index())
            xml.Append(CultureInfo.InvariantCulture, $"""<sheet name="{SecurityElement.Escape(sheet.Name)}" sheetId="{i + 1}" r:id="rId{i + 1}"/>""");
        xml.Append("</sheets>");
        var names = new StringBuilder();
        foreach (var (i, sheet) in sheets.Index())
        {
            var quoted = SecurityElement.Escape($"'{sheet.Name.Replace("'", "''")}'");
            if (sheet.FilterRow > 0)
                names.Append(CultureInfo.InvariantCulture, $"""<definedName name="_xlnm._FilterDatabase" localSheetId="{i}" hidden="1">{quoted}!{sheet.Area}</definedName>""");
            if (sheet.Frozen > 0)
                names.Append(CultureInfo.InvariantCulture, $"""<definedName name="_xlnm.Print_Titles" localSheetId="{i}">{quoted}!$1:${sheet.Frozen}</definedName>""");
        }
        if (names.Length > 0) xml.Append("<definedNames>").Append(names).Append("</definedNames>");
        return xml.Append("</workbook>").ToString();
    }

    public static string WorkbookRelations(int sheets)
    {
        var xml = new StringBuilder($"""{Head}<Relationships xmlns="{Package}/relationships">""");
        for (var i = 1; i <= sheets; i++)
            xml.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{i}" Type="{Office}/worksheet" Target="worksheets/sheet{i}.xml"/>""");
        return xml.Append(CultureInfo.InvariantCulture, $"""<Relationship Id="rId{sheets + 1}" Type="{Office}/styles" Target="styles.xml"/></Relationships>""").ToString();
    }

    /// <summary>A column as Excel names it: 1 is A, 27 is AA.</summary>
    public static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26) letters = (char)('A' + ((column - 1) % 26)) + letters;
        return letters;
    }
}
