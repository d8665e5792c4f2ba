#if QUESTPDF
using LogisticsAdmin.Documents.QuestPdf;
#else
using LogisticsAdmin.Documents.PdfSharp;
#endif

namespace LogisticsAdmin.Documents;

public static class DocumentsSetup
{
    /// <summary>The engine that writes documents; <c>-p:PdfEngine=QuestPDF</c> builds the other one.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services) =>
#if QUESTPDF
        services.AddSingleton<IDocumentEngine, QuestPdfEngine>();
#else
        services.AddSingleton<IDocumentEngine, PdfSharpEngine>();
#endif
}
