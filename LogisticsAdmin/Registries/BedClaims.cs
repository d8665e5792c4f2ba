using LogisticsAdmin.Data;

namespace LogisticsAdmin.Registries;

/// <summary>Asks everybody who promises beds.</summary>
public static class BedClaims
{
    /// <summary>The name of the other person to whom the bed is promised; null when it is promised to nobody else.</summary>
    public static async Task<string?> ClaimedByAsync(
        this IEnumerable<IBedClaim> claims, LogisticsDb db, long bedId, long? personId, CancellationToken ct)
    {
        foreach (var claim in claims)
            if ((await claim.ClaimsAsync(db, [bedId], personId, ct)).TryGetValue(bedId, out var whose)) return whose;
        return null;
    }
}
