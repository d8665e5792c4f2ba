namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>分摊: one person's part of a room's bill, by the days on which they lived there. All parts add up to the bill.</summary>
public sealed class BillShare
{
    private BillShare() { }

    internal BillShare(long personId, int days, long fen) => (PersonId, Days, AmountFen) = (personId, days, fen);

    public long BillId { get; private set; }
    public long PersonId { get; private set; }
    public int Days { get; private set; }
    public long AmountFen { get; private set; }
}
