namespace LogisticsAdmin.Features.Reports.Files;

public enum ReportFileKind
{
    Pdf = 1,

    /// <summary>The annex: every table, the rows behind the figures, and the definitions.</summary>
    Workbook = 2,
}
