namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A kind of fault that a crew repairs, beside those that have it as their default crew.</summary>
public sealed class CrewCategory
{
    private CrewCategory() { }

    public CrewCategory(long crewId, long categoryId) => (CrewId, CategoryId) = (crewId, categoryId);

    public long CrewId { get; private set; }
    public long CategoryId { get; private set; }
}
