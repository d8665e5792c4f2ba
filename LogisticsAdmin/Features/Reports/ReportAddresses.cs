using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports;

/// <summary>Addresses of reports and of the rows behind their figures, relative to the base of the app.</summary>
public static class ReportAddresses
{
    public static string Month(ReportPeriod month) => $"reports/monthly/{month}";

    /// <summary>The rows behind a figure, or those of them that a filter lets through.</summary>
    public static string Figure(ReportPeriod period, string figure, FigurePart part = FigurePart.Counted, FactFilter? filter = null) =>
        $"{Month(period)}/figures/{figure}"
        + FigureAddress.Query(new FigureQuery { Period = period, Figure = figure, Part = part, Filter = filter ?? FactFilter.None });
}
