using System.Globalization;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports;

/// <summary>Addresses of reports and of the rows behind their figures, relative to the base of the app.</summary>
public static class ReportAddresses
{
    public static string Month(ReportPeriod month) => $"reports/monthly/{month}";

    /// <summary>The rows behind a figure, or those of one line of a table.</summary>
    public static string Figure(ReportPeriod period, string figure, FigurePart part = FigurePart.Counted, string? by = null, long? of = null)
    {
        List<string> query = [];
        if (part != FigurePart.Counted) query.Add($"part={part}");
        if (by is not null) query.Add($"by={by}");
        if (by is not null && of is { } key) query.Add(string.Create(CultureInfo.InvariantCulture, $"of={key}"));
        return $"{Month(period)}/figures/{figure}" + (query.Count > 0 ? $"?{string.Join('&', query)}" : "");
    }
}
