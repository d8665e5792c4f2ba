using System.Globalization;
using LogisticsAdmin.Features.Orders.Shelf;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>
/// 取餐号: the end of an order's number, with the day of the month in front when it was placed on another day than it is for. Unique among the orders of a
/// day; it is no secret and hands nothing over.
/// </summary>
public static class CallNumber
{
    public static string Of(string number, DateOnly? day)
    {
        var placed = OrdersLimits.Series.Length;
        var call = number[(placed + 9)..];
        if (day is not { } due || number.AsSpan(placed, 8).SequenceEqual(due.ToString("yyyyMMdd", CultureInfo.InvariantCulture))) return call;
        return $"{number.AsSpan(placed + 6, 2)}-{call}";
    }
}
