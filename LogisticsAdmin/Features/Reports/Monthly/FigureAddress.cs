using System.Globalization;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>The list behind a figure as an address.</summary>
public static class FigureAddress
{
    private const int LastPage = 1_000_000;

    /// <summary>Asks for nothing: what a page holds whose address means nothing.</summary>
    public static readonly FigureQuery Nothing = new() { Period = ReportPeriod.DayOf(DateOnly.MinValue), Figure = "" };

    /// <summary>Null when the period is none. Unknown values in the query string are ignored.</summary>
    public static (FigureQuery Query, int Page)? Read(string period, string figure, string queryString)
    {
        if (ReportPeriod.Parse(period) is not { } days) return null;
        var values = QueryHelpers.ParseQuery(queryString);
        var page = int.TryParse(Value("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var p) && p is >= 1 and <= LastPage ? p : 1;
        var sort = Value("sort");
        return (new FigureQuery
        {
            Period = days,
            Figure = figure,
            Part = Enum.TryParse<FigurePart>(Value("part"), ignoreCase: true, out var part) && Enum.IsDefined(part) ? part : FigurePart.Counted,
            By = Value("by"),
            Of = long.TryParse(Value("of"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var of) ? of : null,
            Search = Value("q"),
            Sort = sort?.TrimStart('-'),
            IsDescending = sort is null || sort.StartsWith('-'),
        }, page);

        string? Value(string name) => values.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The query string, empty or with its question mark; for exports also with period and figure.</summary>
    public static string Query(FigureQuery query, int page = 1, bool withSubject = false)
    {
        Dictionary<string, string?> values = [];
        if (withSubject) (values["period"], values["figure"]) = (query.Period.ToString(), query.Figure);
        if (query.Part != FigurePart.Counted) values["part"] = query.Part.ToString();
        if (query.By is { } by) values["by"] = by;
        if (query.Of is { } of) values["of"] = of.ToString(CultureInfo.InvariantCulture);
        if (query.Search is { } search) values["q"] = search;
        if (query.Sort is { } sort) values["sort"] = (query.IsDescending ? "-" : "") + sort;
        if (page > 1) values["page"] = page.ToString(CultureInfo.InvariantCulture);
        return QueryHelpers.AddQueryString("", values);
    }
}
