namespace LogisticsAdmin.Features.Places;

/// <summary>Topics of the feed.</summary>
public static class PlacesTopics
{
    /// <summary>Campuses, buildings, rooms, beds or residents changed; the key is the building, or 0 when many did.</summary>
    public const string Places = "places";
}
