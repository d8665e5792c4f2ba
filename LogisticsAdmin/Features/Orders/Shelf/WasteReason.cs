namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Why portions were thrown away.</summary>
public enum WasteReason
{
    /// <summary>More was cooked than was needed.</summary>
    Overproduced = 1,
    Spoilt = 2,

    /// <summary>Brought back by who had it.</summary>
    Returned = 3,
}
