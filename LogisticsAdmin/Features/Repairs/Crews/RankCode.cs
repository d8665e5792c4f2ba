namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>Why somebody stands where they stand: key "RankReason.…" of the slice's words, with what it says it about.</summary>
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
}
