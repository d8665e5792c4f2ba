using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>What decides the rates of a room.</summary>
internal sealed record RoomFacts(long Id, RoomKind Kind, int Beds, long BuildingId, long CampusId, decimal? Area)
{
    public RateSubject Subject(IReadOnlyList<long> groups) => new(groups, Kind, Beds, BuildingId, CampusId);
}
