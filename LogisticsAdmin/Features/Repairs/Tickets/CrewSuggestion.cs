using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// Which crew is responsible for a kind of fault in a building: the category's default crew if it looks after the building, else another that
/// repairs the category there, else the default crew all the same.
/// </summary>
internal static class CrewSuggestion
{
    /// <summary>Null when the category has no default crew and no other crew repairs it. Read when a ticket is reported or corrected, and kept.</summary>
    public static async Task<long?> ForAsync(LogisticsDb db, Category category, long buildingId, CancellationToken ct)
    {
        var (repaired, covered) = (db.CrewCategories, db.CrewBuildings);
        var crews = await db.Crews.Living()
            .Where(c => c.Id == category.DefaultCrewId || repaired.Any(x => x.CrewId == c.Id && x.CategoryId == category.Id))
            .OrderBy(c => c.Id).Select(c => new
            {
                c.Id,
                IsDefault = c.Id == category.DefaultCrewId,
                IsHere = covered.Any(b => b.CrewId == c.Id && b.BuildingId == buildingId),
                IsEverywhere = !covered.Any(b => b.CrewId == c.Id),
            }).ToListAsync(ct);
        var responsible = crews.OrderByDescending(c => c.IsDefault && (c.IsHere || c.IsEverywhere)).ThenByDescending(c => c.IsHere)
            .ThenByDescending(c => c.IsEverywhere).ThenByDescending(c => c.IsDefault).FirstOrDefault();
        return responsible?.Id;
    }
}
