namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>The reason for a position in the ranking; its text is the resource "RankReason.…" of CrewsText.</summary>
public enum RankCode
{
    Absent = 1,
    OwnCrew = 2,
    OtherCrew = 3,
    InBuilding = 4,
    StandsIn = 5,
    Load = 6,
    Idle = 7,
    Declined = 8,
    CrewFull = 9,
}
