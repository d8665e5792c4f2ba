namespace LogisticsAdmin.Features.Places;

/// <summary>An action on a room that can be undone.</summary>
public enum RoomAct
{
    Edit = 1,
    Retire = 2,
    Restore = 3,
    AddBed = 4,
    RenameBed = 5,
    RetireBed = 6,
    RestoreBed = 7,
}
