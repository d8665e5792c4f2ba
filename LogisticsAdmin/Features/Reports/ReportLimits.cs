namespace LogisticsAdmin.Features.Reports;

/// <summary>The longest texts, in characters.</summary>
public static class ReportLimits
{
    public const int Comment = 10_000;
    public const int Reason = 500;
    public const int DocumentNumber = 60;
    public const int Code = 80;
    public const int Period = 30;
}
