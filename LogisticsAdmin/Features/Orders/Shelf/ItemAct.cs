namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>What can be done with a dish or thing, and undone.</summary>
public enum ItemAct
{
    Edit = 1,
    Retire = 2,
    Restore = 3,
}
