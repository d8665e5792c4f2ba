namespace LogisticsAdmin.Features.Reports.Files;

public enum ReportFileState
{
    Waiting = 1,
    Writing = 2,
    Ready = 3,
    Failed = 4,
    Cancelled = 5,
}
