using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>A room in the export, with the number of its beds.</summary>
public sealed record RoomRow(LocalName Campus, LocalName Building, int Floor, string Code, string NameEn, int Beds);
