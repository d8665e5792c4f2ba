namespace LogisticsAdmin.Features.Reports;

/// <summary>Words of the monthly report, its figures, targets and documents, and of the dashboard.</summary>
public sealed class ReportsText;
