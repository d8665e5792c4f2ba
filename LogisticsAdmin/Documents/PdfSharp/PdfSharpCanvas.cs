using LogisticsAdmin.Documents.Charts;
using LogisticsAdmin.Documents.Layout;
using LogisticsAdmin.Documents.Typesetting;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace LogisticsAdmin.Documents.PdfSharp;

/// <summary>Pages of a PDF file.</summary>
internal sealed class PdfSharpCanvas : ICanvas, IDisposable
{
    private static readonly XPdfFontOptions Unicode = new(PdfFontEncoding.Unicode);
    private readonly PdfDocument _file = new();
    private readonly StructureBuilder _tags;
    private readonly Dictionary<(Face Face, double Size), XFont> _fonts = [];
    private readonly Dictionary<Ink, XSolidBrush> _brushes = [];
    private readonly Stack<int> _opened = new();
    private readonly List<(int Page, PdfRectangle Place, int Target)> _links = [];
    private XGraphics? _page;
    private PdfOutline? _chapter;
    private bool _isBeyondBasicPlane;

    public PdfSharpCanvas(Document document)
    {
        _file.Info.Title = document.Subtitle is { Length: > 0 } subtitle ? $"{document.Title} {subtitle}" : document.Title;
        _file.Info.Author = document.Author;
        _file.Info.Subject = document.Number ?? "";
        _file.ViewerPreferences.DisplayDocTitle = true;
        if (document.Blocks.OfType<Heading>().Any() && document.Format == PageFormat.OfficialLetter) _file.PageMode = PdfPageMode.UseOutlines;
        _tags = UAManager.ForDocument(_file).StructureBuilder;
        // Not before: that sets it to English.
        _file.Language = document.Language;
        var style = new PdfDictionary(_file);
        style.Elements[Key("S")] = new PdfName(Key("D"));
        var labels = new PdfDictionary(_file);
        labels.Elements[Key("Nums")] = new PdfArray(_file, new PdfInteger(0), style);
        _file.Internals.Catalog.Elements[Key("PageLabels")] = labels;
    }

    public byte[] Save()
    {
        _page?.Dispose();
        foreach (var (page, place, target) in _links) _file.Pages[page].AddDocumentLink(place, Math.Clamp(target, 1, _file.PageCount));
        using var stream = new MemoryStream();
        _file.Save(stream, closeStream: false);
        return _isBeyondBasicPlane ? UnicodeMaps.Corrected(stream.ToArray()) : stream.ToArray();
    }

    public void AddPage()
    {
        _page?.Dispose();
        var page = _file.AddPage();
        page.Size = PageSize.A4;
        _page = XGraphics.FromPdfPage(page);
    }

    public void Begin(ElementTag tag)
    {
        switch (tag)
        {
            case ElementTag.Section:
                _tags.BeginElement(PdfGroupingElementTag.Section);
                break;
            case ElementTag.Quote:
                _tags.BeginElement(PdfGroupingElementTag.BlockQuotation);
                _tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
                break;
            case ElementTag.Contents:
                _tags.BeginElement(PdfGroupingElementTag.TableOfContents);
                break;
            case ElementTag.ContentsItem:
                _tags.BeginElement(PdfGroupingElementTag.TableOfContentsItem);
                _tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
                break;
            case ElementTag.Furniture:
                _tags.BeginArtifact();
                break;
            default:
                _tags.BeginElement(TagOf(tag));
                break;
        }
        if (tag == ElementTag.HeaderCell) DescribeColumnHeader();
        _opened.Push(tag is ElementTag.Quote or ElementTag.ContentsItem ? 2 : 1);
    }

    public void BeginFigure(string text, double x, double y, double width, double height)
    {
        _tags.BeginElement(PdfIllustrationElementTag.Figure, text, new XRect(x, y, width, height));
        _opened.Push(1);
    }

    public void End()
    {
        for (var i = _opened.Pop(); i > 0; i--) _tags.End();
    }

    public void Text(PlacedText text, double x, double baseline, double size, Ink ink)
    {
        if (string.IsNullOrWhiteSpace(text.Text)) return;
        _isBeyondBasicPlane |= text.Text.Any(char.IsSurrogate);
        _page!.DrawString(text.Text, FontOf(text.Face, size), BrushOf(ink), x, baseline);
    }

    public void Line(double x1, double y1, double x2, double y2, double width, Ink ink) => _page!.DrawLine(new XPen(ColourOf(ink), width), x1, y1, x2, y2);

    public void Rectangle(double x, double y, double width, double height, Ink ink) => _page!.DrawRectangle(BrushOf(ink), x, y, width, height);

    public void Mark(ChartMark mark, double x, double y)
    {
        switch (mark)
        {
            case ChartBox box:
                var pen = box.Outline is { } outline ? Pen(outline, 0.6, box.IsOpen) : null;
                _page!.DrawRectangle(pen, BrushOf(InkOf(box.Fill)), x + box.X, y + box.Y, box.Width, box.Height);
                break;
            case ChartStroke stroke:
                _page!.DrawLines(Pen(stroke.Tone, stroke.Width, stroke.IsDashed), At(stroke.Points));
                break;
            case ChartShape shape:
                _page!.DrawPolygon(new XPen(ColourOf(Ink.Black), 1), BrushOf(InkOf(shape.Fill)), At(shape.Corners), XFillMode.Winding);
                break;
            case ChartCircle circle:
                var (r, cx, cy) = (circle.Radius, x + circle.Centre.X, y + circle.Centre.Y);
                _page!.DrawEllipse(new XPen(ColourOf(Ink.Black), 1), BrushOf(InkOf(circle.Fill)), cx - r, cy - r, 2 * r, 2 * r);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mark), mark.GetType().Name, null);
        }

        XPoint[] At(IReadOnlyList<ChartPoint> points) => [.. points.Select(p => new XPoint(x + p.X, y + p.Y))];
    }

    public void Bookmark(int level, string title, double y)
    {
        var outline = new PdfOutline(title, _file.Pages[^1], true)
        {
            PageDestinationType = PdfPageDestinationType.Xyz,
            Left = 0,
            Top = Sheet.PageHeight - y + 8,
        };
        if (level > 1 && _chapter is not null)
        {
            _chapter.Outlines.Add(outline);
            return;
        }
        _file.Outlines.Add(outline);
        _chapter = outline;
    }

    public void Link(double x, double y, double width, double height, int page) =>
        _links.Add((_file.PageCount - 1, new PdfRectangle(new XRect(x, Sheet.PageHeight - y - height, width, height)), page));

    public void Dispose()
    {
        _page?.Dispose();
        _file.Dispose();
    }

    private void DescribeColumnHeader()
    {
        var attributes = new PdfDictionary(_file);
        attributes.Elements[Key("O")] = new PdfName(Key("Table"));
        attributes.Elements[Key("Scope")] = new PdfName(Key("Column"));
        _tags.CurrentStructureElement.Elements[Key("A")] = attributes;
    }

    private static string Key(string name) => '/' + name;

    // Without the option plain ASCII would get a second font, from which text can't be extracted.
    private XFont FontOf(Face face, double size) =>
        _fonts.TryGetValue((face, size), out var font) ? font : _fonts[(face, size)] = new XFont(face.Name, size, XFontStyleEx.Regular, Unicode);

    private XSolidBrush BrushOf(Ink ink) => _brushes.TryGetValue(ink, out var brush) ? brush : _brushes[ink] = new XSolidBrush(ColourOf(ink));

    private static XPen Pen(ChartTone tone, double width, bool dashed) => dashed
        ? new XPen(ColourOf(InkOf(tone)), width) { DashPattern = [3 / width, 2 / width] }
        : new XPen(ColourOf(InkOf(tone)), width);

    private static PdfBlockLevelElementTag TagOf(ElementTag tag) => tag switch
    {
        ElementTag.Title => PdfBlockLevelElementTag.Heading1,
        ElementTag.Heading => PdfBlockLevelElementTag.Heading2,
        ElementTag.Subheading => PdfBlockLevelElementTag.Heading3,
        ElementTag.Table => PdfBlockLevelElementTag.Table,
        ElementTag.Row => PdfBlockLevelElementTag.TableRow,
        ElementTag.HeaderCell => PdfBlockLevelElementTag.TableHeaderCell,
        ElementTag.DataCell => PdfBlockLevelElementTag.TableDataCell,
        _ => PdfBlockLevelElementTag.Paragraph,
    };

    private static Ink InkOf(ChartTone tone) => tone switch
    {
        ChartTone.Ink => Ink.Black,
        ChartTone.Quiet => Ink.Grey,
        ChartTone.Dark => Ink.Dark,
        ChartTone.Middle => Ink.Middle,
        ChartTone.Grid or ChartTone.Pale => Ink.Pale,
        _ => Ink.White,
    };

    private static XColor ColourOf(Ink ink) => ink switch
    {
        Ink.Red => XColor.FromArgb(0xB4, 0x12, 0x1B),
        Ink.Dark => XColor.FromArgb(0x3A, 0x3A, 0x3A),
        Ink.Grey => XColor.FromArgb(0x5C, 0x5C, 0x5C),
        Ink.Middle => XColor.FromArgb(0x8C, 0x8C, 0x8C),
        Ink.Pale => XColor.FromArgb(0xD9, 0xD9, 0xD9),
        Ink.Tint => XColor.FromArgb(0xF4, 0xF4, 0xF2),
        Ink.White => XColors.White,
        _ => XColor.FromArgb(0x1A, 0x1A, 0x1A),
    };
}
