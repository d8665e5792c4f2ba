namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Orders of the list of keys. The names are part of addresses.</summary>
public enum RoomKeySort
{
    HandedAt = 1,
    Person = 2,
    Room = 3,
    Label = 4,
}
