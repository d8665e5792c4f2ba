using LogisticsAdmin.Data;

namespace LogisticsAdmin.Registries;

/// <summary>Asks everybody who promises beds.</summary>
public static class BedClaims
{
    extension(IEnumerable<IBedClaim> claims)
    {
        /// <summary>The name of the other person to whom the bed is promised; null when it is promised to nobody else.</summary>
        public async Task<string?> ClaimedByAsync(LogisticsDb db, long bedId, long? personId, CancellationToken ct)
        {
            foreach (var claim in claims)
                if ((await claim.ClaimsAsync(db, [bedId], personId, ct)).TryGetValue(bedId, out var whose)) return whose;
            return null;
        }

        /// <summary>The promised ones of many beds, with the name of who is to get each, asked at once.</summary>
        public async Task<IReadOnlyDictionary<long, string>> ClaimedAsync(LogisticsDb db, IReadOnlyCollection<long> bedIds, CancellationToken ct)
        {
            Dictionary<long, string> promised = [];
            if (bedIds.Count == 0) return promised;
            foreach (var claim in claims)
                foreach (var (bed, whose) in await claim.ClaimsAsync(db, bedIds, null, ct)) promised.TryAdd(bed, whose);
            return promised;
        }

        /// <summary>
        /// Of many who are to get a bed, those whose bed is promised to somebody else, with the name of that person, asked at once. Somebody new has
        /// no id.
        /// </summary>
        public async Task<IReadOnlyDictionary<(long BedId, long? PersonId), string>> ClaimedByOthersAsync(
            LogisticsDb db, IReadOnlyCollection<(long BedId, long? PersonId)> wanted, CancellationToken ct)
        {
            List<long> beds = [.. wanted.Select(w => w.BedId).Distinct()];
            Dictionary<(long, long?), string> others = [];
            if (beds.Count == 0) return others;
            foreach (var claim in claims)
            {
                var promised = await claim.PromisesAsync(db, beds, ct);
                foreach (var one in wanted)
                    if (promised.TryGetValue(one.BedId, out var promise) && promise.PersonId != one.PersonId) others.TryAdd(one, promise.Name);
            }
            return others;
        }
    }
}
