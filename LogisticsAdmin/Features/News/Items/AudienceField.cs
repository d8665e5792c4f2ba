namespace LogisticsAdmin.Features.News.Items;

/// <summary>By what a line of an audience chooses people.</summary>
public enum AudienceField
{
    Role = 1,
    Campus = 2,
    Building = 3,

    /// <summary>Values are {building id}:{floor}.</summary>
    Floor = 4,
    Room = 5,
    Class = 6,

    /// <summary>The year in which the studies began.</summary>
    Grade = 7,
    College = 8,
    Crew = 9,
    Person = 10,

    /// <summary>A saved audience.</summary>
    Group = 11,
}
