using LogisticsAdmin.Documents.Layout;
using PdfSharp.Fonts;

namespace LogisticsAdmin.Documents.PdfSharp;

/// <summary>Writes documents with PDFsharp: tagged, with bookmarks, fonts embedded as far as they are used.</summary>
public sealed class PdfSharpEngine : IDocumentEngine
{
    // Once for the process, before the first font.
    static PdfSharpEngine() => GlobalFontSettings.FontResolver = new FaceResolver();

    public byte[] Write(Document document, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var canvas = new PdfSharpCanvas(document);
        DocumentLayout.Draw(document, canvas, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return canvas.Save();
    }
}
