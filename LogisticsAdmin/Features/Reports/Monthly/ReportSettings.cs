using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Settings of the monthly report. There is at most one row.</summary>
public sealed class ReportSettings : Versioned, IAudited
{
    public const int UsualDraftDay = 3, LatestDraftDay = 15;

    /// <summary>On which working day of the month the draft of the month before is announced; null for never.</summary>
    public int? DraftDay { get; private set; } = UsualDraftDay;

    public void Set(int? draftDay) => DraftDay = draftDay;
}
