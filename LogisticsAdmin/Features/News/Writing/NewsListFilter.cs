using System.Globalization;
using LogisticsAdmin.Features.News.Items;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>What the office's list shows, as its address says it. Without a state everything but what was given up.</summary>
public sealed record NewsListFilter
{
    public const int PageSize = 25;

    public string? Text { get; init; }
    public NewsState? State { get; init; }
    public NewsKind? Kind { get; init; }

    /// <summary>The code of a column.</summary>
    public string? Column { get; init; }
    public NewsSort Sort { get; init; } = NewsSort.Number;
    public bool Descending { get; init; } = true;
    public int Skip { get; init; }

    /// <summary>Reads the filter and the number of the page from the page's address.</summary>
    public static NewsListFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("state"), Of("kind"), Of("column"), Of("sort"),
            int.TryParse(Of("page"), CultureInfo.InvariantCulture, out var page) && page > 1 ? page : 1);

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static NewsListFilter Parse(string? text, string? state, string? kind, string? column, string? sort, int page = 1) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = Known<NewsState>(state),
        Kind = Known<NewsKind>(kind),
        Column = string.IsNullOrWhiteSpace(column) ? null : column,
        Sort = Known<NewsSort>(sort?.TrimStart('-')) ?? NewsSort.Number,
        Descending = sort is null || sort.StartsWith('-'),
        Skip = (page - 1) * PageSize,
    };

    private static T? Known<T>(string? value) where T : struct, Enum =>
        Enum.TryParse<T>(value, out var known) && Enum.IsDefined(known) ? known : null;
}
