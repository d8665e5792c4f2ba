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
        /// Of many who are to get a bed, those whose bed is promised to somebody else, with the name of that person. Somebody new has no id. All
        /// beds are asked for at once; only for the few that are promised it is asked whether it is to this very person.
        /// </summary>
        public async Task<IReadOnlyDictionary<(long BedId, long? PersonId), string>> ClaimedByOthersAsync(
            LogisticsDb db, IReadOnlyCollection<(long BedId, long? PersonId)> wanted, CancellationToken ct)
        {
            var promised = await claims.ClaimedAsync(db, [.. wanted.Select(w => w.BedId).Distinct()], ct);
            Dictionary<(long, long?), string> others = [];
            foreach (var one in wanted.Distinct().Where(w => promised.ContainsKey(w.BedId)))
            {
                var whose = one.PersonId is null ? promised[one.BedId] : await claims.ClaimedByAsync(db, one.BedId, one.PersonId, ct);
                if (whose is not null) others.Add(one, whose);
            }
            return others;
        }
    }
}
