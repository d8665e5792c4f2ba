using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// What somebody who moved out got back of a bill, for the days to come that it charged them. A correction of the bill changes it in the same proportion.
/// There is one for each bill and person that counts.
/// </summary>
public sealed class GivenBack
{
    private GivenBack() { }

    /// <summary>
    /// <paramref name="billId"/>: the bill itself, not a correction. <paramref name="days"/>: those to come, of the <paramref name="ofDays"/> that the person
    /// was charged for. <paramref name="charged"/>: what the bill and its corrections charged them.
    /// </summary>
    public GivenBack(long billId, long feeKindId, long personId, int days, int ofDays, Money charged, string statement)
    {
        (BillId, FeeKindId, PersonId, Statement) = (billId, feeKindId, personId, statement);
        (Days, OfDays, ChargedFen) = (days, ofDays, charged.Fen);
        AmountFen = PartOf(charged, days, ofDays).Fen;
    }

    public long Id { get; private set; }
    public long BillId { get; private set; }
    public long FeeKindId { get; private set; }
    public long PersonId { get; private set; }
    public int Days { get; private set; }
    public int OfDays { get; private set; }
    public long ChargedFen { get; private set; }
    public long AmountFen { get; private set; }

    /// <summary>The number of the move-out statement.</summary>
    public string Statement { get; private set; } = "";

    /// <summary>When the statement was taken back; since then it does not count.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    public Money Amount => new(AmountFen);

    /// <summary>Rounded to the fen, half away from zero: never more than was charged, and nothing of what gave something back itself.</summary>
    public static Money PartOf(Money charged, int days, int ofDays)
    {
        if (charged.Fen <= 0 || days <= 0 || ofDays <= 0) return Money.Zero;
        return new Money((long)((((Int128)charged.Fen * Math.Min(days, ofDays) * 2) + ofDays) / ((Int128)ofDays * 2)));
    }

    /// <summary>What the person gets back more, or less, because a correction charged them so much.</summary>
    internal Money Correct(long fen)
    {
        var before = Amount;
        ChargedFen += fen;
        AmountFen = PartOf(new Money(ChargedFen), Days, OfDays).Fen;
        return Amount - before;
    }

    internal void TakeBack(DateTimeOffset at) => TakenBackAt = at;
}
