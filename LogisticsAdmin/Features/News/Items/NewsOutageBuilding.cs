namespace LogisticsAdmin.Features.News.Items;

/// <summary>A building that a planned outage concerns.</summary>
public sealed class NewsOutageBuilding
{
    private NewsOutageBuilding() { }

    public NewsOutageBuilding(long buildingId) => BuildingId = buildingId;

    public long ItemId { get; private set; }
    public long BuildingId { get; private set; }
}
