namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Topics of the feed.</summary>
public static class OrdersTopics
{
    /// <summary>Canteens, dishes, goods, prices, portions, stock or rules.</summary>
    public const string Shelf = "orders-shelf";

    /// <summary>Portions that were thrown away, by the id of their record.</summary>
    public const string Waste = "orders-waste";

    /// <summary>An order, by its id.</summary>
    public const string Orders = "orders";
}
