using System.Globalization;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Orders.Phone;

/// <summary>
/// A basket is the query of its address, so that it needs neither script nor store: stall, day and meal of meals, and i12=2 for two of item 12.
/// </summary>
public sealed record BasketAddress(long? StallId, DateOnly? Day, Meal? Meal, IReadOnlyList<BasketLine> Lines)
{
    public static BasketAddress Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        List<BasketLine> lines = [];
        foreach (var (name, value) in query)
        {
            if (name is not ['i', .. var item] || TypedId.Parse(item) is not { } id) continue;
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) && quantity > 0) lines.Add(new BasketLine(id, quantity));
        }
        return new BasketAddress(TypedId.Parse(Of("stall")), DayOf(Of("day")), MealOf(Of("meal")), lines);

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    public static DateOnly? DayOf(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static Meal? MealOf(string? typed) => Enum.TryParse<Meal>(typed, out var meal) && Enum.IsDefined(meal) ? meal : null;
}
