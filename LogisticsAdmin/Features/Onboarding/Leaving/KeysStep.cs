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

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct)
    {
        var labels = await db.RoomKeys.AsNoTracking().Where(k => k.PersonId == personId && k.ReturnedAt == null).OrderBy(k => k.Id)
            .Select(k => k.Label).ToListAsync(ct);
        if (labels.Count == 0) return [];
        var address = await LeavingQueries.AddressOfAsync(db, personId, ct)
            ?? RoomKeyAddresses.Person(await db.Users.Where(p => p.Id == personId).Select(p => p.Number ?? p.FullName).FirstAsync(ct));
        return labels.ConvertAll(l => new CheckOutHold(new LocalName(string.Format(null, Words.Zh, l), string.Format(null, Words.En, l)), address));
    }
}
