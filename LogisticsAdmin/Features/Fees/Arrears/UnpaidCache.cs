using System.Collections.Concurrent;
using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// What accounts owe, kept as long as nothing is booked on them: the entries of an account are only ever added, so that their count and its balance tell
/// whether its charges have to be read again.
/// </summary>
internal sealed class UnpaidCache
{
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<long, (Debt Of, IReadOnlyList<UnpaidPart> Parts)> _known = new();

    /// <summary>What is unpaid of each account, the newest first. To be called in the snapshot in which the debts were read.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<UnpaidPart>>> OfAsync(
        LogisticsDb db, IReadOnlyCollection<Debt> debts, DateOnly today, CancellationToken ct)
    {
        Dictionary<long, IReadOnlyList<UnpaidPart>> found = [];
        List<Debt> changed = [];
        foreach (var debt in debts)
        {
            if (_known.TryGetValue(debt.AccountId, out var known) && known.Of == debt) found[debt.AccountId] = known.Parts;
            else changed.Add(debt);
        }
        var read = await ArrearsReader.UnpaidAsync(db, changed.Select(d => (d.AccountId, d.BalanceFen)), today, ct);
        if (_known.Count + changed.Count > MostKept) _known.Clear();
        foreach (var debt in changed)
        {
            found[debt.AccountId] = read[debt.AccountId];
            _known[debt.AccountId] = (debt, read[debt.AccountId]);
        }
        return found;
    }
}
