using LogisticsAdmin.Features.Fees.Billing;

namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>
/// What is known of one row: a bill of the period, a payment or refund in it, or something that was unpaid at its end. One row may be several of these.
/// </summary>
internal sealed record FeeFact(long RowId, DateTimeOffset At)
{
    public long? RoomId { get; init; }
    public long? KindId { get; init; }

    /// <summary>The code of a metered kind of fee; null for others.</summary>
    public string? Metered { get; init; }

    /// <summary>Set for the bills of the period.</summary>
    public BillKind? Bill { get; init; }
    public long ChargedFen { get; init; }
    public long VacantFen { get; init; }

    /// <summary>Of the bills that the collection rate counts: those made before it is measured.</summary>
    public long? DueFen { get; init; }

    /// <summary>What of <see cref="DueFen"/> was paid by then.</summary>
    public long? CollectedFen { get; init; }
    public decimal Usage { get; init; }

    /// <summary>How many people lived there on average; null where nobody did.</summary>
    public decimal? People { get; init; }

    /// <summary>In square metres; 0 at further bills of the same room and kind, and null where it is not known.</summary>
    public decimal? Area { get; init; }
    public long ReceivedFen { get; init; }
    public long RefundedFen { get; init; }
    public UnpaidItem? Unpaid { get; init; }
    public DebtAge? Age { get; init; }

    /// <summary>How a bill or an entry of the ledger is numbered as a row.</summary>
    public static long RowOfBill(long id) => id * 2;

    public static long RowOfEntry(long id) => id * 2 + 1;

    public static IReadOnlyList<long> BillsOf(IEnumerable<long> rows) => [.. rows.Where(r => r % 2 == 0).Select(r => r / 2)];

    public static IReadOnlyList<long> EntriesOf(IEnumerable<long> rows) => [.. rows.Where(r => r % 2 == 1).Select(r => r / 2)];
}
