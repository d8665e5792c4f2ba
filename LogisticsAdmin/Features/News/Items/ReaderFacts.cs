using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>What an audience may ask about a person.</summary>
public sealed record ReaderFacts(
    long PersonId, IReadOnlySet<Role> Roles, long? CampusId, long? BuildingId, int? Floor, long? RoomId, string? ClassName, int? Grade, string? College,
    long? CrewId);
