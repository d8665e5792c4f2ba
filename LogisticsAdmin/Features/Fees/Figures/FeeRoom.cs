namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>A room as the figures need it.</summary>
internal sealed record FeeRoom(long Id, long BuildingId, long CampusId, decimal? Area);
