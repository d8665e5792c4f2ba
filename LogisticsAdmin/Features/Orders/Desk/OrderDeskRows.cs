using System.Globalization;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Orders.Desk;

/// <summary>Filter and page of the list of orders, the newest first.</summary>
public sealed record OrderFilter
{
    public const int PageSize = 50;

    /// <summary>The beginning of an order's number, or part of a person's name or number.</summary>
    public string? Text { get; init; }
    public PlacedOrderState? State { get; init; }
    public ShelfKind? Shelf { get; init; }
    public DateOnly? Day { get; init; }
    public int Page { get; init; } = 1;

    public static OrderFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("state"), Of("shelf"), Of("day"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the values of an address and ignores those that it does not know.</summary>
    public static OrderFilter Parse(string? text, string? state, string? shelf, string? day, string? page = null) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = Enum.TryParse<PlacedOrderState>(state, out var known) && Enum.IsDefined(known) ? known : null,
        Shelf = Enum.TryParse<ShelfKind>(shelf, out var kind) && Enum.IsDefined(kind) ? kind : null,
        Day = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 100_000 ? number : 1,
    };
}

public sealed record OrderWindow(IReadOnlyList<OrderRow> Items, int Total);
