namespace LogisticsAdmin.Features.Places;

/// <summary>What a place is, from the largest to the smallest.</summary>
public enum PlaceKind
{
    Campus = 1,
    Building = 2,
    Room = 3,
}
