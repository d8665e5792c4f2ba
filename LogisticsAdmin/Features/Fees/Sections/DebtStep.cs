using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>A debt is settled before a bed is given up: one's own, and the room's by whoever leaves it with nobody staying.</summary>
internal sealed class DebtStep : ICheckOutStep
{
    private static readonly LocalName Own = LocalName.Of<FeeSectionsText>("OwnDebt"), OfRoom = LocalName.Of<FeeSectionsText>("RoomDebt");

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct) =>
        (await HeldAsync(db, [personId], leaving, ct)).GetValueOrDefault(personId, []);

    public async Task<IReadOnlyDictionary<long, IReadOnlyList<CheckOutHold>>> HoldsOfEachAsync(
        LogisticsDb db, IReadOnlyCollection<long> people, CancellationToken ct) => await HeldAsync(db, [.. people.Distinct()], new HashSet<long>(), ct);

    /// <summary>Whoever is asked about leaves, and of the others those who are <paramref name="leaving"/>.</summary>
    private static async Task<Dictionary<long, IReadOnlyList<CheckOutHold>>> HeldAsync(
        LogisticsDb db, List<long> people, IReadOnlySet<long> leaving, CancellationToken ct)
    {
        var homes = await db.Users.Where(p => EF.Parameter(people).Contains(p.Id) && p.RoomId != null)
            .Select(p => new { p.Id, RoomId = p.RoomId!.Value }).ToListAsync(ct);
        List<long> rooms = [.. homes.Select(h => h.RoomId).Distinct()];
        var living = (await db.Users.Where(p => p.RoomId != null && EF.Parameter(rooms).Contains(p.RoomId.Value) && p.RetiredAt == null)
            .Select(p => new { p.Id, RoomId = p.RoomId!.Value }).ToListAsync(ct)).ToLookup(p => p.RoomId, p => p.Id);
        var emptied = homes.Where(h => living[h.RoomId].All(p => p == h.Id || leaving.Contains(p))).ToDictionary(h => h.Id, h => h.RoomId);
        List<string> keys = [.. people.Select(LedgerAccount.PersonKey), .. emptied.Values.Distinct().Select(LedgerAccount.RoomKey)];
        var debts = await db.LedgerAccounts.AsNoTracking().Where(a => EF.Parameter(keys).Contains(a.Key) && a.BalanceFen < 0)
            .Select(a => new { a.Key, a.BalanceFen }).ToDictionaryAsync(a => a.Key, a => new Money(-a.BalanceFen), ct);
        Dictionary<long, IReadOnlyList<CheckOutHold>> found = [];
        foreach (var person in people)
        {
            List<CheckOutHold> holds = [];
            // The move-out statement settles both, and says what is left when it is settled.
            var statement = FormattableString.Invariant($"fees/move-outs/new?person={person}");
            if (debts.TryGetValue(LedgerAccount.PersonKey(person), out var own)) holds.Add(new CheckOutHold(Said(Own, own), statement));
            if (emptied.TryGetValue(person, out var room) && debts.TryGetValue(LedgerAccount.RoomKey(room), out var owed))
                holds.Add(new CheckOutHold(Said(OfRoom, owed), statement));
            if (holds.Count > 0) found[person] = holds;
        }
        return found;
    }

    private static LocalName Said(LocalName words, Money owed) => new(string.Format(null, words.Zh, owed), string.Format(null, words.En, owed));
}
