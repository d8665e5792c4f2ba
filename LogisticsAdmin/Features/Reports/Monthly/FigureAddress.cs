using System.Globalization;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>The list behind a figure as an address.</summary>
public static class FigureAddress
{
    private const int LastPage = 1_000_000, MostFilters = 10;

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
            Filter = Filter(values.GetValueOrDefault("by"), values.GetValueOrDefault("of")),
            Search = Value("q"),
            Sort = sort?.TrimStart('-'),
            IsDescending = sort is null || sort.StartsWith('-'),
        }, page);

        string? Value(string name) => values.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The query string, empty or with its question mark; for exports also with period and figure.</summary>
    public static string Query(FigureQuery query, int page = 1, bool withSubject = false)
    {
        List<KeyValuePair<string, string?>> values = [];
        if (withSubject) values.AddRange([new("period", query.Period.ToString()), new("figure", query.Figure)]);
        if (query.Part != FigurePart.Counted) values.Add(new("part", query.Part.ToString()));
        foreach (var (dimension, key) in query.Filter.Keys)
            values.AddRange([new("by", dimension), new("of", key?.ToString(CultureInfo.InvariantCulture) ?? "")]);
        if (query.Search is { } search) values.Add(new("q", search));
        if (query.Sort is { } sort) values.Add(new("sort", (query.IsDescending ? "-" : "") + sort));
        if (page > 1) values.Add(new("page", page.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString("", values);
    }

    // The n-th key belongs to the n-th dimension; one that is empty or missing stands for rows without a key.
    private static FactFilter Filter(StringValues dimensions, StringValues keys)
    {
        var filter = FactFilter.None;
        for (var i = 0; i < Math.Min(dimensions.Count, MostFilters); i++)
        {
            if (dimensions[i] is not { Length: > 0 } dimension) continue;
            filter = filter.And(dimension, i < keys.Count
                && long.TryParse(keys[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key) ? key : null);
        }
        return filter;
    }
}
