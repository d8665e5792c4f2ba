namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>Words of the dashboard.</summary>
public sealed class DashboardText;
