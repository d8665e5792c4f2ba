using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Who may do what with meals and goods. Residents see their own orders only.</summary>
public static class OrdersAccess
{
    /// <summary>The kitchen, the list of orders, portions and stock: the whole office.</summary>
    public static void DemandOrders(this Actor actor)
    {
        if (!actor.IsOffice) throw new Forbidden();
    }

    /// <summary>Canteens, dishes, goods, prices and rules: the management.</summary>
    public static void DemandShelf(this Actor actor) => actor.DemandManagement();

    /// <summary>Residents order; nobody orders for others.</summary>
    public static void DemandOrdering(this Actor actor)
    {
        if (!actor.Is(Role.Resident)) throw new Forbidden();
    }
}
