using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>What has to happen when money comes into accounts, whoever posts it, such as restoring a supply that was cut off.</summary>
public interface IBalanceWatch
{
    /// <summary>
    /// Called inside the write, after the entries are saved, with the accounts that have more than before. Of postings in bulk only for what corrections of
    /// bills give back: a job has to look for the others.
    /// </summary>
    Task RaisedAsync(LogisticsDb db, IReadOnlyList<LedgerAccount> accounts, CancellationToken ct);
}
