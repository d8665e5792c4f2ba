namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// Takes what corrections gave back off the charges of the same account and kind that were made before, the newest first: a charge that was taken back
/// is no debt, and pays nothing of another kind. It remembers what is left between calls.
/// </summary>
internal sealed class NetCharges
{
    private readonly Dictionary<(long AccountId, long? FeeKindId), long> _givenBack = [];

    /// <summary>Charges that are left, in the order of the entries, which are the newest first.</summary>
    public IEnumerable<ChargeEntry> Of(IEnumerable<ChargeEntry> newestFirst)
    {
        foreach (var entry in newestFirst)
        {
            var key = (entry.AccountId, entry.FeeKindId);
            var credit = _givenBack.GetValueOrDefault(key);
            if (entry.AmountFen >= 0)
            {
                _givenBack[key] = credit + entry.AmountFen;
                continue;
            }
            var off = Math.Min(credit, -entry.AmountFen);
            _givenBack[key] = credit - off;
            if (off < -entry.AmountFen) yield return entry.Less(off);
        }
    }
}
