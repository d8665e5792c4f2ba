namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>What can be done with a canteen or stall, and undone. Meals and rules are only changed.</summary>
public enum CanteenAct
{
    Add = 1,
    Edit = 2,
    Retire = 3,
    Restore = 4,
}
