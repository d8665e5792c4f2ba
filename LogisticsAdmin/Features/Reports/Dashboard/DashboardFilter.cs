using System.Globalization;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>What the dashboard shows, as in its address. A running day or month is named by a word, so that a kept address moves on with time.</summary>
public sealed record DashboardFilter
{
    public const string Today = "today", Month = "month";

    private const int FirstYear = 2000;

    /// <summary><see cref="Today"/>, <see cref="Month"/>, or a period as it is written in addresses.</summary>
    public string Period { get; init; } = Month;
    public long? CampusId { get; init; }
    public long? CrewId { get; init; }

    /// <summary>Reads a query string or address; what is not understood is left out.</summary>
    public static DashboardFilter Read(string address)
    {
        var values = QueryHelpers.ParseQuery(address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? address[at..] : "");
        var period = values.TryGetValue("period", out var typed) ? typed.ToString() : Month;
        return new DashboardFilter
        {
            Period = period is Today or Month || ReportPeriod.Parse(period) is { From.Year: >= FirstYear } ? period : Month,
            CampusId = Id("campus"),
            CrewId = Id("crew"),
        };

        long? Id(string name) => values.TryGetValue(name, out var text) ? TypedId.Parse(text.ToString()) : null;
    }

    /// <summary>The period on this day; one that has not begun yet is the month instead.</summary>
    public ReportPeriod PeriodOn(DateOnly today) => Period switch
    {
        Today => ReportPeriod.DayOf(today),
        Month => ReportPeriod.MonthOf(today),
        _ => ReportPeriod.Parse(Period) is { } asked && asked.From <= today ? asked : ReportPeriod.MonthOf(today),
    };

    /// <summary>The same filter for rows.</summary>
    public FactFilter Facts
    {
        get
        {
            var filter = FactFilter.None;
            if (CampusId is { } campus) filter = filter.And(DashboardFigures.Campus, campus);
            return CrewId is { } crew ? filter.And(DashboardFigures.Crew, crew) : filter;
        }
    }

    /// <summary>The address of the dashboard with this filter, relative to the base of the app.</summary>
    public string Address => With("dashboard");

    /// <summary>The address of a workbook of what the dashboard shows.</summary>
    public string WorkbookAddress => With("exports/dashboard.xlsx");

    private string With(string path)
    {
        Dictionary<string, string?> values = [];
        if (Period != Month) values["period"] = Period;
        if (CampusId is { } campus) values["campus"] = campus.ToString(CultureInfo.InvariantCulture);
        if (CrewId is { } crew) values["crew"] = crew.ToString(CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString(path, values);
    }
}
