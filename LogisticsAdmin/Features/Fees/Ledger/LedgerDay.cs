namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>The seal of a day: one hash over all its entries and the seal before. A changed, added or removed entry shows.</summary>
public sealed class LedgerDay
{
    private LedgerDay() { }

    public LedgerDay(DateOnly day, long lastEntryId, int entries, string hash, DateTimeOffset sealedAt) =>
        (Day, LastEntryId, Entries, Hash, SealedAt) = (day, lastEntryId, entries, hash, sealedAt);

    public DateOnly Day { get; private set; }

    /// <summary>What a day is called in the audit log, which keeps each seal as it was made: 20261122.</summary>
    internal static long AuditId(DateOnly day) => day.Year * 10_000 + day.Month * 100 + day.Day;

    /// <summary>The highest entry that the seal covers; lower ones that no earlier seal covers are in it.</summary>
    public long LastEntryId { get; private set; }
    public int Entries { get; private set; }

    /// <summary>SHA-256 in hexadecimal.</summary>
    public string Hash { get; private set; } = "";
    public DateTimeOffset SealedAt { get; private set; }
}
