namespace LogisticsAdmin.Documents;

/// <summary>Writes documents as PDF files. One instance serves all threads.</summary>
public interface IDocumentEngine
{
    /// <summary>Writes the document; <paramref name="progress"/> gets shares from 0 to 1.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it is asked between blocks.</exception>
    byte[] Write(Document document, IProgress<double>? progress = null, CancellationToken cancellation = default);
}
