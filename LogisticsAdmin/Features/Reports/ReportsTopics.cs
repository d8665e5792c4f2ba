namespace LogisticsAdmin.Features.Reports;

/// <summary>Topics of the feed. The key of a month is the number of its first day.</summary>
public static class ReportsTopics
{
    /// <summary>A month was closed or reopened, or its document number changed.</summary>
    public const string Months = "report-months";

    /// <summary>Comments of a month changed.</summary>
    public const string Comments = "report-comments";

    public const string Targets = "report-targets";

    /// <summary>A document's job advanced; the key is its id.</summary>
    public const string Files = "report-files";
}
