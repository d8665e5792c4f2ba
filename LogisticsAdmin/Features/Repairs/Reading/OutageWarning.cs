using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>A planned outage of one building, and the categories of the faults that it explains.</summary>
public sealed record OutageWarning(AnnouncedOutage Outage, long BuildingId, LocalName Building, IReadOnlySet<long> Categories)
{
    /// <summary>Whether it is of interest where this is chosen; nothing chosen yet leaves it open.</summary>
    public bool Concerns(long? building, long? category) => building == BuildingId && (category is null || Categories.Contains(category.Value));
}
