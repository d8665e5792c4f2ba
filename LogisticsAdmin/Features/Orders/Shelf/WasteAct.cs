namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>What can be done with a record of waste, and undone.</summary>
public enum WasteAct
{
    Record = 1,
    Correct = 2,
}
