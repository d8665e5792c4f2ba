namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// What applies to arrears of one kind of fee: amounts in fen, where 0 means never, and days. <paramref name="NoticeDays"/>: between the announcement
/// of a cut-off and the first day on which it may be carried out; 0 means that nothing is ever cut off.
/// </summary>
public sealed record ArrearsTerms(long LowBalanceFen, long ArrearsFen, int ReminderDays, int CoolDownDays, long CutOffFen, int NoticeDays)
{
    public bool MayCutOff => CutOffFen > 0 && NoticeDays > 0;
}
