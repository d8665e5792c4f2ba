using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>档口: a counter of a canteen with its own menu. An order of meals is of one stall.</summary>
public sealed class Stall : NamedEntity
{
    private Stall() { }

    public Stall(long canteenId, string code, LocalName name, bool isHalal) : base(code, name.Zh, name.En) =>
        (CanteenId, IsHalal) = (canteenId, isHalal);

    public long CanteenId { get; private set; }
    public bool IsHalal { get; private set; }

    public void Mark(bool isHalal) => IsHalal = isHalal;
}
