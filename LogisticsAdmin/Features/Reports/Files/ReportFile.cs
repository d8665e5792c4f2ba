using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>
/// A document of a report that is being written or was written. Its bytes are stored with its state, so that there is never half a file. One
/// of a closed month is kept and served again byte for byte.
/// </summary>
public sealed class ReportFile : Versioned
{
    private ReportFile() { }

    public ReportFile(ReportPeriod period, long? closingId, ReportFileKind kind, string language, long requestedById, DateTimeOffset at) =>
        (Period, ClosingId, Kind, Language, RequestedById, RequestedAt) = (period.ToString(), closingId, kind, language, requestedById, at);

    /// <summary>See <see cref="ReportPeriod.ToString"/>.</summary>
    public string Period { get; private set; } = "";

    /// <summary>The closing that it shows; null for a draft.</summary>
    public long? ClosingId { get; private set; }
    public ReportFileKind Kind { get; private set; }

    /// <summary>The name of the culture.</summary>
    public string Language { get; private set; } = "";
    public ReportFileState State { get; private set; } = ReportFileState.Waiting;
    public long RequestedById { get; private set; }
    public DateTimeOffset RequestedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>In bytes; zero until it is written.</summary>
    public int Size { get; private set; }

    /// <summary>The number of a fault in the log; null without one.</summary>
    public string? Fault { get; private set; }
    public ReportFileContent? Content { get; private set; }

    public void Begin() => State = ReportFileState.Writing;

    public void Finish(byte[] bytes, DateTimeOffset at) =>
        (State, Content, Size, FinishedAt) = (ReportFileState.Ready, new ReportFileContent(bytes), bytes.Length, at);

    public void Fail(string fault, DateTimeOffset at) => (State, Fault, FinishedAt) = (ReportFileState.Failed, fault, at);

    public void Cancel(DateTimeOffset at) => (State, FinishedAt) = (ReportFileState.Cancelled, at);
}

/// <summary>The bytes of a document, apart from it because lists of documents don't need them.</summary>
public sealed class ReportFileContent
{
    private ReportFileContent() { }

    internal ReportFileContent(byte[] bytes) => Bytes = bytes;

    public long FileId { get; private set; }
    public byte[] Bytes { get; private set; } = [];
}
