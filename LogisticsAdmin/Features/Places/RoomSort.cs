namespace LogisticsAdmin.Features.Places;

/// <summary>The column that the list of rooms is sorted by.</summary>
public enum RoomSort
{
    /// <summary>By campus, building, floor and number.</summary>
    Place = 1,
    Number = 2,
    Floor = 3,
    Kind = 4,
    Area = 5,
    Capacity = 6,
    Beds = 7,
    Free = 8,
}
