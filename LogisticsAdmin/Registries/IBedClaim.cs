using LogisticsAdmin.Data;

namespace LogisticsAdmin.Registries;

/// <summary>A promise of a bed to somebody who does not live there yet. Asked inside the write that gives a bed to somebody.</summary>
public interface IBedClaim
{
    /// <summary>Those of the beds that are promised, and to whom.</summary>
    Task<IReadOnlyDictionary<long, BedPromise>> PromisesAsync(LogisticsDb db, IReadOnlyCollection<long> bedIds, CancellationToken ct);

    /// <summary>
    /// Those of the beds that are promised to others than <paramref name="personId"/>, with the name of the person who is to get them.
    /// </summary>
    async Task<IReadOnlyDictionary<long, string>> ClaimsAsync(LogisticsDb db, IReadOnlyCollection<long> bedIds, long? personId, CancellationToken ct) =>
        (await PromisesAsync(db, bedIds, ct)).Where(p => p.Value.PersonId != personId).ToDictionary(p => p.Key, p => p.Value.Name);
}
