using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>What is known of a month's report beside its figures: its document number, and when the managers were told of the draft.</summary>
public sealed class ReportMonth : Versioned
{
    private ReportMonth() { }

    public ReportMonth(DateOnly month) => Month = month;

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; private set; }

    /// <summary>文号, as printed below the title; empty for none.</summary>
    public string DocumentNumber { get; private set; } = "";
    public DateTimeOffset? DraftAnnouncedAt { get; private set; }

    public void SetDocumentNumber(string number) => DocumentNumber = CleanText.Clean(number);

    public void AnnounceDraft(DateTimeOffset at) => DraftAnnouncedAt ??= at;
}
