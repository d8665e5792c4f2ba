using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Keys come back before a bed is given up: in a round of leaving they are taken there, otherwise at the list of keys.</summary>
internal sealed class KeysStep : ICheckOutStep
{
    private static readonly LocalName Words = LocalName.Of<LeavingText>("Hold.Key");

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct) =>
        (await HoldsOfEachAsync(db, [personId], ct)).GetValueOrDefault(personId, []);

    public async Task<IReadOnlyDictionary<long, IReadOnlyList<CheckOutHold>>> HoldsOfEachAsync(
        LogisticsDb db, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        List<long> ids = [.. people];
        var keys = (await db.RoomKeys.AsNoTracking().Where(k => EF.Parameter(ids).Contains(k.PersonId) && k.ReturnedAt == null).OrderBy(k => k.Id)
            .Select(k => new { k.PersonId, k.Label }).ToListAsync(ct)).ToLookup(k => k.PersonId, k => k.Label);
        if (keys.Count == 0) return new Dictionary<long, IReadOnlyList<CheckOutHold>>();
        List<long> holders = [.. keys.Select(k => k.Key)];
        var inRounds = await LeavingQueries.AddressesOfAsync(db, holders, ct);
        var called = await db.Users.Where(p => EF.Parameter(holders).Contains(p.Id)).Select(p => new { p.Id, Name = p.Number ?? p.FullName })
            .ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return keys.ToDictionary(k => k.Key, k =>
        {
            var address = inRounds.GetValueOrDefault(k.Key) ?? RoomKeyAddresses.Person(called[k.Key]);
            return (IReadOnlyList<CheckOutHold>)[.. k.Select(l => Hold(l, address))];
        });
    }

    private static CheckOutHold Hold(string label, string address) =>
        new(new LocalName(string.Format(null, Words.Zh, label), string.Format(null, Words.En, label)), address);
}
