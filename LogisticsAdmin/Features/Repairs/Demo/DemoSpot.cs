namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>The kind of place that a text refers to.</summary>
internal enum DemoSpot
{
    Bedroom = 1,
    Shared = 2,
    Public = 3,
    Teaching = 4,
    Library = 5,
    Outdoor = 6,
}
