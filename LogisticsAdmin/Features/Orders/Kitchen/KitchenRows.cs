using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Orders.Kitchen;

/// <summary>What a kitchen looks at. Without a meal it is the one that is served now or next.</summary>
public sealed record KitchenFilter
{
    public long? CanteenId { get; init; }
    public long? StallId { get; init; }
    public Meal? Meal { get; init; }
    public TimeOnly? Slot { get; init; }

    public static KitchenFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return new KitchenFilter
        {
            CanteenId = Id("canteen"),
            StallId = Id("stall"),
            Meal = Enum.TryParse<Meal>(Of("meal"), out var meal) && Enum.IsDefined(meal) ? meal : null,
            Slot = TypedTime.Parse(Of("slot")),
        };

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;

        long? Id(string name) => TypedId.Parse(Of(name));
    }
}

/// <summary>A canteen, stall or slot to choose, with how many orders are to be prepared.</summary>
public sealed record KitchenChoice(string Key, LocalName Name, int Open);

/// <summary>How many of a dish are to be prepared in the slot, and how many in later ones.</summary>
public sealed record ToCook(LocalName Dish, int Now, int Later);

/// <summary>An order of the kitchen. <paramref name="WaitedMinutes"/> since the beginning of its slot, or since it was placed when that was later.</summary>
public sealed record KitchenOrder(
    long Id, string Call, PlacedOrderState State, LocalName Stall, TimeOnly Slot, string? Wish, IReadOnlyList<LineRow> Lines, int WaitedMinutes,
    DateTimeOffset? ReadyAt);

/// <summary>Everything on a kitchen's screen: orders of the chosen stall and slot.</summary>
public sealed record KitchenView(
    LocalName? Canteen, Meal? Meal, IReadOnlyList<KitchenChoice> Canteens, IReadOnlyList<KitchenChoice> Stalls, IReadOnlyList<KitchenChoice> Slots,
    IReadOnlyList<ToCook> Totals, IReadOnlyList<KitchenOrder> Cook, IReadOnlyList<KitchenOrder> Ready, int Done)
{
    public static readonly KitchenView Empty = new(null, null, [], [], [], [], [], [], 0);
}

/// <summary>The wall: what is ready, and what is being prepared, by the numbers that are called.</summary>
public sealed record WallView(LocalName? Canteen, IReadOnlyList<WallOrder> Ready, IReadOnlyList<WallOrder> Cook);

public sealed record WallOrder(long Id, string Call, LocalName Stall);
