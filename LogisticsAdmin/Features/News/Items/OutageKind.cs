namespace LogisticsAdmin.Features.News.Items;

/// <summary>What is cut off during a planned outage.</summary>
public enum OutageKind
{
    Water = 1,
    Power = 2,
    HotWater = 3,
    Heating = 4,
    Gas = 5,
    Network = 6,
    Lift = 7,
}
