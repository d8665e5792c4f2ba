using LogisticsAdmin.Features.Reports.Monthly;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>What a document is written from: a report, and the closing that it shows.</summary>
public sealed record ReportSource(ReportContent Content, ReportClosing? Closing)
{
    public bool IsDraft => Closing is null;

    /// <summary>The moment whose day stands below the title.</summary>
    public DateTimeOffset IssuedAt => Closing?.ClosedAt ?? Content.AsOf;
}
