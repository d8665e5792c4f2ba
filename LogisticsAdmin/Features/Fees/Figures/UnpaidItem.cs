namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>
/// What an account was charged and has not paid, in fen. <paramref name="BillNumber"/>: null for other charges, such as a debt taken over from
/// another system. <paramref name="IsOldest"/>: no other unpaid one of the account is older.
/// </summary>
internal sealed record UnpaidItem(long EntryId, long? RoomId, long? PersonId, DateOnly Day, DateTimeOffset At, string? BillNumber, long Fen, bool IsOldest)
{
    /// <summary>How old it is on a day.</summary>
    public DebtAge AgeOn(DateOnly day) => (day.DayNumber - Day.DayNumber) switch
    {
        <= 30 => DebtAge.Days30,
        <= 60 => DebtAge.Days60,
        <= 90 => DebtAge.Days90,
        _ => DebtAge.Older,
    };
}
