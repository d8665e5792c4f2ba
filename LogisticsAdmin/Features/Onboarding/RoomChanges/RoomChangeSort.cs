namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>Orders of the list of requests. The names are part of addresses.</summary>
public enum RoomChangeSort
{
    AskedAt = 1,
    Person = 2,
    State = 3,
}
