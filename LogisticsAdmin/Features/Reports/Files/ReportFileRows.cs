namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>A requested document for pages. <paramref name="Progress"/> is from 0 to 1; <paramref name="Fault"/> is the number of a fault in the log.</summary>
public sealed record ReportFileRow(
    long Id, ReportFileKind Kind, string Language, ReportFileState State, int Size, DateTimeOffset RequestedAt, string? Fault, double? Progress,
    bool MayCancel)
{
    public bool IsInWork => State is ReportFileState.Waiting or ReportFileState.Writing;
}

/// <summary>A document to send. <paramref name="StoredId"/> is null for one that is made anew each time.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name without ending, in the document's language.</param>
/// <param name="PlainName">The same in ASCII.</param>
/// <param name="StoredId">The id of the stored file.</param>
public sealed record ReportDownload(byte[] Bytes, ReportFileKind Kind, string Name, string PlainName, long? StoredId);
