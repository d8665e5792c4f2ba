using LogisticsAdmin.Documents.Charts;
using LogisticsAdmin.Documents.Layout;
using LogisticsAdmin.Documents.Typesetting;
using QRCoder;
using QuestPDF.Drawing;
using QuestPDF.Fluent;
using QuestPDF.Helpers;
using QuestPDF.Infrastructure;

namespace LogisticsAdmin.Documents.QuestPdf;

/// <summary>Writes documents with QuestPDF, for builds with <c>-p:PdfEngine=QuestPDF</c>. Its contents have no page numbers.</summary>
public sealed class QuestPdfEngine : IDocumentEngine
{
    private const string Red = "#B4121B", Ink = "#1A1A1A", Grey = "#5C5C5C", Pale = "#D9D9D9";
    private const float TextWidth = 441;

    static QuestPdfEngine()
    {
        QuestPDF.Settings.License = LicenseType.Community;
        foreach (var face in new[] { FontLibrary.Regular, FontLibrary.Bold })
        {
            using var file = File.OpenRead(face.Path);
            FontManager.RegisterFont(file);
        }
    }

    public byte[] Write(Document document, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var done = 0;
        var file = QuestPDF.Fluent.Document.Create(pages =>
        {
            foreach (var (part, index) in Parts(document.Blocks).Select((p, i) => (p, i)))
            {
                pages.Page(page =>
                {
                    page.Size(PageSizes.A4);
                    page.Margin(document.Format == PageFormat.Slip ? 56 : 77);
                    page.DefaultTextStyle(style => style.FontFamily("Noto Sans SC").FontSize(10.5f).FontColor(Ink).LineHeight(1.5f));
                    if (document.Format == PageFormat.OfficialLetter) Margins(page, document);
                    page.Content().Column(column =>
                    {
                        column.Spacing(6);
                        if (index == 0 && document.Format == PageFormat.OfficialLetter) Title(column, document);
                        foreach (var block in part)
                        {
                            cancellation.ThrowIfCancellationRequested();
                            Add(column, block, document);
                            progress?.Report(Math.Min(1.0, (double)++done / document.Blocks.Count));
                        }
                    });
                });
            }
        });
        return file.WithMetadata(new DocumentMetadata { Title = document.Title, Author = document.Author, Subject = document.Number ?? "" }).GeneratePdf();
    }

    // Each page break begins a new set of pages.
    private static List<List<Block>> Parts(IReadOnlyList<Block> blocks)
    {
        List<List<Block>> parts = [[]];
        foreach (var block in blocks)
        {
            if (block is not PageBreak) parts[^1].Add(block);
            else if (parts[^1].Count > 0) parts.Add([]);
        }
        return parts;
    }

    private static void Margins(PageDescriptor page, Document document)
    {
        page.Header().PaddingBottom(8).Row(row =>
        {
            row.RelativeItem().Text(document.RunningHead).FontSize(8).FontColor(Grey);
            row.RelativeItem().AlignRight().Text(document.Number ?? "").FontSize(8).FontColor(Grey);
        });
        page.Footer().AlignCenter().Text(text =>
        {
            text.Span("— ");
            text.CurrentPageNumber();
            text.Span(" —");
        });
    }

    private static void Title(ColumnDescriptor column, Document document)
    {
        column.Item().AlignCenter().Text(document.Title).FontSize(document.Title.Length > 12 ? 24 : 36).Bold().FontColor(Red);
        if (document.Subtitle is { Length: > 0 } subtitle) column.Item().AlignCenter().Text(subtitle).FontSize(14).Bold();
        if (document.Number is { Length: > 0 } number) column.Item().AlignCenter().Text(number);
        column.Item().BorderBottom(2).BorderColor(Red).PaddingBottom(4).Row(row =>
        {
            row.RelativeItem().Text(document.Office);
            row.RelativeItem().AlignRight().Text(document.Date);
        });
        if (!document.WithContents) return;
        column.Item().PaddingTop(8).Text(new DocumentWords(document.Language).Contents).FontSize(13).Bold();
        foreach (var heading in document.Blocks.OfType<Heading>().Where(h => h.Level == 1)) column.Item().Text(heading.Text);
    }

    private static void Add(ColumnDescriptor column, Block block, Document document)
    {
        switch (block)
        {
            case Heading heading:
                column.Item().PaddingTop(8).Text(heading.Text).FontSize(heading.Level == 1 ? 13 : 11).Bold();
                break;
            case Paragraph paragraph:
                AddParagraph(column, paragraph);
                break;
            case TileGrid grid:
                Caption(column, grid.Caption, grid.Note);
                foreach (var tiles in grid.Tiles.Chunk(4)) AddTiles(column, tiles);
                break;
            case Table table:
                Caption(column, table.Caption, table.Note);
                AddTable(column, table);
                break;
            case ChartBlock chart:
                Caption(column, chart.Caption, chart.Note);
                column.Item().Svg(ChartSvg.ForPaper(chart.Chart, chart.AltText, TextWidth));
                break;
            case SignatureBlock signatures:
                AddSignatures(column, signatures, new DocumentWords(document.Language));
                break;
            case CodeBlock code:
                AddCode(column, code);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, null);
        }
    }

    private static void AddParagraph(ColumnDescriptor column, Paragraph paragraph)
    {
        if (paragraph.Kind == ParagraphKind.Quote) column.Item().BorderLeft(1.5f).BorderColor(Grey).PaddingLeft(10).Text(paragraph.Text).FontSize(10);
        else if (paragraph.Kind == ParagraphKind.Note) column.Item().Text(paragraph.Text).FontSize(8.5f).FontColor(Grey);
        else column.Item().Text(paragraph.Text);
    }

    private static void Caption(ColumnDescriptor column, string caption, string? note)
    {
        if (caption.Length == 0 && string.IsNullOrEmpty(note)) return;
        column.Item().Row(row =>
        {
            row.RelativeItem().Text(caption).FontSize(9).Bold();
            row.RelativeItem().AlignRight().Text(note ?? "").FontSize(8).FontColor(Grey);
        });
    }

    private static void AddTiles(ColumnDescriptor column, Tile[] tiles) =>
        column.Item().BorderTop(1).BorderBottom(0.5f).PaddingVertical(6).Row(row =>
        {
            foreach (var tile in tiles)
            {
                row.RelativeItem().PaddingRight(8).Column(lines =>
                {
                    lines.Item().Text(tile.Label).FontSize(9).FontColor(Grey);
                    if (!string.IsNullOrEmpty(tile.Mark))
                        lines.Item().Background(Ink).PaddingHorizontal(4).Text(tile.Mark).FontSize(8).Bold().FontColor("#FFFFFF");
                    lines.Item().Text(text =>
                    {
                        text.Span(tile.Value).FontSize(20).Bold();
                        text.Span($" {tile.Unit}").FontSize(9).FontColor(Grey);
                    });
                    foreach (var line in tile.Lines)
                    {
                        lines.Item().Row(values =>
                        {
                            values.RelativeItem().Text(line.Label).FontSize(8.5f).FontColor(Grey);
                            values.RelativeItem().AlignRight().Text(line.Value).FontSize(8.5f);
                        });
                    }
                });
            }
        });

    private static void AddTable(ColumnDescriptor column, Table model) =>
        column.Item().BorderTop(1).BorderBottom(1).Table(table =>
        {
            table.ColumnsDefinition(columns =>
            {
                foreach (var definition in model.Columns) columns.RelativeColumn((float)Math.Max(0.01, definition.Weight));
            });
            if (model.Columns.Any(c => c.Head.Length > 0))
            {
                table.Header(header =>
                {
                    foreach (var definition in model.Columns)
                        Aligned(header.Cell().BorderBottom(0.5f).Padding(3), definition.Align).Text(definition.Head).FontSize(8.5f).Bold();
                });
            }
            foreach (var row in model.Rows)
            {
                for (var i = 0; i < model.Columns.Count; i++)
                {
                    var cell = table.Cell().BorderTop(row.IsTotal ? 0.5f : 0.25f).BorderColor(row.IsTotal ? Ink : Pale).Padding(3);
                    var text = Aligned(cell, model.Columns[i].Align).Text(i < row.Cells.Count ? row.Cells[i] : "").FontSize(9);
                    if (row.IsTotal) text.Bold();
                }
            }
        });

    private static IContainer Aligned(IContainer cell, Align align) => align switch
    {
        Align.Right => cell.AlignRight(),
        Align.Center => cell.AlignCenter(),
        _ => cell,
    };

    private static void AddSignatures(ColumnDescriptor column, SignatureBlock block, DocumentWords words) =>
        column.Item().PaddingTop(12).Row(row =>
        {
            foreach (var label in block.Labels)
            {
                row.RelativeItem().PaddingRight(12).Column(lines =>
                {
                    lines.Item().BorderBottom(0.5f).Text(label);
                    lines.Item().PaddingTop(8).BorderBottom(0.5f).Text(words.Date);
                });
            }
        });

    private static void AddCode(ColumnDescriptor column, CodeBlock code) =>
        column.Item().Row(row =>
        {
            if (code.Text.Length > 0)
            {
                using var data = QRCodeGenerator.GenerateQrCode(code.Text, QRCodeGenerator.ECCLevel.M);
                using var picture = new PngByteQRCode(data);
                row.ConstantItem(100).Image(picture.GetGraphic(8)).FitArea();
            }
            row.RelativeItem().PaddingLeft(12).Column(lines =>
            {
                foreach (var (line, index) in code.Lines.Select((l, i) => (l, i)))
                {
                    var text = lines.Item().Text(line);
                    if (index == 0) text.FontSize(18).Bold();
                }
            });
        });
}
