using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>生活用品: goods that the essentials package of a season suggests, see the goods of the slice Orders.</summary>
public sealed class SeasonItem : Versioned, IAudited
{
    private SeasonItem() { }

    public SeasonItem(long seasonId, long itemId, int quantity) => (SeasonId, ItemId, Quantity) = (seasonId, itemId, quantity);

    public long SeasonId { get; private set; }
    public long ItemId { get; private set; }
    public int Quantity { get; private set; }

    public void Suggest(int quantity) => Quantity = quantity;
}
