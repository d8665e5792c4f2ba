namespace LogisticsAdmin.Features.Places;

/// <summary>An action on a room that can be undone.</summary>
public enum RoomAct
{
    Edit = 1,
    Retire = 2,
    Restore = 3,
}
