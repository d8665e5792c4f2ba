using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>
/// The hash of a seal: SHA-256 over the day, the hash of the seal before, and one line for each entry with everything that was posted. Texts stand
/// behind their length, so that no two different entries give the same line.
/// </summary>
internal static class LedgerHash
{
    /// <summary>Covers the entries above <paramref name="after"/> up to <paramref name="upTo"/>, and says how many they are.</summary>
    public static async Task<(string Hash, int Entries)> OfAsync(
        LogisticsDb db, DateOnly day, string previous, long after, long upTo, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}|{previous}\n"));
        var count = 0;
        var lines =
            from entry in db.LedgerEntries.AsNoTracking()
            where entry.Id > after && entry.Id <= upTo
            join transaction in db.LedgerTransactions on entry.TransactionId equals transaction.Id
            join account in db.LedgerAccounts on entry.AccountId equals account.Id
            orderby entry.Id
            select new
            {
                entry.Id,
                entry.TransactionId,
                account.Key,
                entry.AmountFen,
                entry.BalanceFen,
                transaction.Reference,
                transaction.Kind,
                transaction.Text,
                transaction.Day,
                transaction.At,
                transaction.ById,
                transaction.ApprovedById,
            };
        await foreach (var e in lines.AsAsyncEnumerable().WithCancellation(ct))
        {
            Append(hash, string.Create(CultureInfo.InvariantCulture,
                $"{e.Id}|{e.TransactionId}|{e.Key}|{e.AmountFen}|{e.BalanceFen}|{e.Reference.Length}:{e.Reference}|{(int)e.Kind}|{e.Text.Length}:{e.Text}|"
                + $"{e.Day:yyyy-MM-dd}|{e.At.UtcTicks}|{e.ById}|{e.ApprovedById}\n"));
            count++;
        }
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), count);
    }

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
