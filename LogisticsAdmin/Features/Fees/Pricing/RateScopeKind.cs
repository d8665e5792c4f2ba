namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>What a rate applies to, in the order in which the first that fits applies.</summary>
public enum RateScopeKind
{
    /// <summary>优惠群体: the members of a resident group.</summary>
    Group = 1,

    /// <summary>Rooms of a kind, or of a kind with so many beds.</summary>
    RoomType = 2,
    Building = 3,
    Campus = 4,
    Everywhere = 5,
}
