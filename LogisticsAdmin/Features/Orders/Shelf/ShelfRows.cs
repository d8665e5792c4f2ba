using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>A canteen with its stalls and meals, the retired ones last.</summary>
public sealed record CanteenRow(
    long Id, long Version, string Code, LocalName Name, LocalName Location, bool IsRetired, IReadOnlyList<StallRow> Stalls, IReadOnlyList<ServedMealRow> Meals);

public sealed record StallRow(long Id, long Version, long CanteenId, string Code, LocalName Name, bool IsHalal, bool IsRetired, int Dishes);

public sealed record ServedMealRow(
    Meal Meal, long Version, int Days, TimeOnly From, TimeOnly Until, int CutOffMinutes, int SlotMinutes, int SlotCapacity);

/// <summary>A stall to choose.</summary>
public sealed record StallChoice(long Id, string Canteen, string Name)
{
    public override string ToString() => $"{Canteen} · {Name}";
}

/// <summary>A dish or a thing in the office's lists. <paramref name="Stall"/> only of dishes.</summary>
public sealed record ItemRow(
    long Id, long Version, ShelfKind Shelf, string Code, LocalName Name, long? StallId, LocalName? Stall, LocalName? Canteen, Money Price, string Category,
    string Unit, string Allergens, bool IsVegetarian, bool IsHalal, int Days, int Meals, int Portions, int Limit, bool IsDelivered, int Threshold,
    int Stock, Guid? Picture, bool IsRetired)
{
    public string PerUnit => Unit.Length > 0 ? " / " + Unit : "";

    public bool IsLow => Shelf == ShelfKind.Goods && !IsRetired && Stock <= Threshold;
}

public sealed record ItemPriceRow(Money Price, DateTimeOffset From, string? SetBy);

public sealed record MovementRow(
    DateTimeOffset At, string Code, LocalName Item, MovementKind Kind, int Quantity, int Balance, string? Order, string? Note, string? By);

/// <summary>
/// A dish at one meal of one day: how many portions there are, and how many are sold. <paramref name="IsWaited"/>: there are orders with it that nobody
/// picked up, also of a withdrawn dish whose refunds were interrupted.
/// </summary>
public sealed record PortionsRow(long ItemId, LocalName Dish, LocalName Stall, int Offered, int Sold, bool IsWithdrawn, bool IsWaited);

/// <summary>How many portions of a dish were thrown away at one meal, and why if the kitchen says so.</summary>
public sealed record WasteRow(long Version, int Quantity, WasteReason? Reason);

/// <summary>Filter and page of dishes or goods.</summary>
public sealed record ItemFilter(ShelfKind Shelf)
{
    public const int PageSize = 50;

    public string? Text { get; init; }
    public ItemState? State { get; init; } = ItemState.Current;
    public long? StallId { get; init; }
    public int Skip { get; init; }

    public static ItemFilter Read(ShelfKind shelf, string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(shelf, Of("q"), Of("state"), Of("stall"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the values of an address and ignores those that it does not know.</summary>
    public static ItemFilter Parse(ShelfKind shelf, string? text, string? state, string? stall, string? page = null) => new(shelf)
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = state is null ? ItemState.Current : Enum.TryParse<ItemState>(state, out var known) && Enum.IsDefined(known) ? known : null,
        StallId = TypedId.Parse(stall),
        Skip = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 1_000 ? (number - 1) * PageSize : 0,
    };
}

public sealed record ItemWindow(IReadOnlyList<ItemRow> Items, int Total);
