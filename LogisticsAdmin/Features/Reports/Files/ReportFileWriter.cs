using LogisticsAdmin.Documents;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>Writes a report as a file of either kind. Asks for no right.</summary>
public sealed class ReportFileWriter(ReportDocument documents, ReportWorkbook workbooks, IDocumentEngine engine)
{
    /// <summary>Writes in the background; <paramref name="progress"/> gets shares from 0 to 1.</summary>
    public async Task<byte[]> WriteAsync(ReportSource source, ReportFileKind kind, string language, IProgress<double>? progress, CancellationToken ct) =>
        kind == ReportFileKind.Workbook
            ? await workbooks.WriteAsync(source, language, progress, ct)
            : await Task.Run(() => engine.Write(documents.Build(source, language), progress, ct), ct);
}
