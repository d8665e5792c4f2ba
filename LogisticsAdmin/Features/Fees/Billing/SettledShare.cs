using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// What somebody who moved out settled of a kind of fee before the bill came. The money waits on the account of move-outs: the bill of these days takes
/// it and charges the others exactly the rest. The days are never divided among others or charged to the person again, and what a later bill, such as
/// a correction, still charges the person for that stay is on their own account.
/// </summary>
public sealed class SettledShare
{
    private SettledShare() { }

    /// <summary>
    /// <paramref name="subject"/>: whose bill it is, room:12 or person:5. <paramref name="stayFirst"/>: the first day of the stay. <paramref name="first"/>:
    /// the first day that is settled; a day after <paramref name="last"/>, the last day of the stay, where bills had charged everything. <paramref
    /// name="statement"/>: the number of the move-out statement.
    /// </summary>
    public SettledShare(long feeKindId, string subject, long personId, DateOnly stayFirst, DateOnly first, DateOnly last, Money amount, string statement)
    {
        (FeeKindId, Subject, PersonId, Statement) = (feeKindId, subject, personId, statement);
        (StayFirst, First, Last, AmountFen) = (stayFirst, first, last, amount.Fen);
        if (first > last) BillNumber = "";
    }

    public long Id { get; private set; }
    public long FeeKindId { get; private set; }
    public string Subject { get; private set; } = "";
    public long PersonId { get; private set; }
    public DateOnly StayFirst { get; private set; }
    public DateOnly First { get; private set; }
    public DateOnly Last { get; private set; }
    public long AmountFen { get; private set; }

    /// <summary>What bills took of it.</summary>
    public long BilledFen { get; private set; }

    /// <summary>The bill that took the rest; null while it waits, empty where there was nothing to wait for.</summary>
    public string? BillNumber { get; private set; }
    public string Statement { get; private set; } = "";

    /// <summary>The first bill that took of it or charged the person for the stay; null while the statement can be taken back.</summary>
    public string? CountedBy { get; private set; }

    /// <summary>When the statement was taken back; since then it does not count.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    public bool IsOpen => BillNumber is null;

    public bool Covers(long personId, DateOnly day) => PersonId == personId && First <= day && day <= Last;

    /// <summary>Whether a bill of these days is about the stay.</summary>
    public bool IsOfStay(DateOnly first, DateOnly last) => StayFirst <= last && first <= Last;

    /// <summary>What a bill of these days takes: all that is left when it reaches the last day, otherwise the part of its days.</summary>
    public Money PartOf(DateOnly first, DateOnly last)
    {
        if (!IsOpen || First > last || first > Last) return Money.Zero;
        if (last >= Last) return new Money(AmountFen - BilledFen);
        var days = last.DayNumber - Math.Max(first.DayNumber, First.DayNumber) + 1;
        return new Money((long)((Int128)AmountFen * days / (Last.DayNumber - First.DayNumber + 1)));
    }

    internal void Take(Bill bill, Money part)
    {
        BilledFen += part.Fen;
        Count(bill);
        if (bill.Last >= Last) BillNumber = bill.Number;
    }

    internal void Count(Bill bill) => CountedBy ??= bill.Number;

    /// <summary>The caller checks that no bill counted it.</summary>
    internal void TakeBack(DateTimeOffset at) => TakenBackAt = at;
}
