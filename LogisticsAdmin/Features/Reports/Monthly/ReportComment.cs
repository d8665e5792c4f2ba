using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>What the manager writes below a section of a month's report, and the plan for the next month.</summary>
public sealed class ReportComment : Versioned
{
    /// <summary>The place of next month's plan, beside the codes of sections.</summary>
    public const string Plan = "plan";

    /// <summary>The place of the comment on the whole month.</summary>
    public const string General = "general";

    private ReportComment() { }

    public ReportComment(DateOnly month, string place) => (Month, Place) = (month, place);

    public DateOnly Month { get; private set; }
    public string Place { get; private set; } = "";
    public string Text { get; private set; } = "";
    public long WrittenById { get; private set; }
    public DateTimeOffset WrittenAt { get; private set; }

    public void Write(string text, long byId, DateTimeOffset at) => (Text, WrittenById, WrittenAt) = (text, byId, at);
}
