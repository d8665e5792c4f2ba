namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>What kind of place a text speaks of.</summary>
internal enum DemoSpot
{
    Bedroom = 1,
    Shared = 2,
    Public = 3,
    Teaching = 4,
    Library = 5,
    Outdoor = 6,
}
