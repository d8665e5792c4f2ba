using LogisticsAdmin.Features.Places;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// The room, and for fees of people the person, that a rate is looked for. <paramref name="Groups"/>: the resident groups of the person; for a room those
/// that everybody living there belongs to.
/// </summary>
public sealed record RateSubject(IReadOnlyList<long> Groups, RoomKind RoomKind, int Beds, long BuildingId, long CampusId)
{
    /// <summary>All scopes that fit, the one that applies first at the front.</summary>
    public IEnumerable<RateScope> Scopes() =>
    [
        .. Groups.Order().Select(g => new RateScope(RateScopeKind.Group, g)),
        RateScope.OfType(RoomKind, Beds),
        RateScope.OfType(RoomKind),
        new RateScope(RateScopeKind.Building, BuildingId),
        new RateScope(RateScopeKind.Campus, CampusId),
        RateScope.Everywhere,
    ];
}
