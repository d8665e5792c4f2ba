using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The thresholds of a kind of fee. A kind without them gets no reminders and is never cut off.</summary>
public sealed class ArrearsSetting : Versioned, IAudited
{
    private ArrearsSetting() { }

    public ArrearsSetting(long feeKindId, ArrearsTerms terms)
    {
        FeeKindId = feeKindId;
        Set(terms);
    }

    public long FeeKindId { get; private set; }

    /// <summary>People are told when their balance is below it.</summary>
    public long LowBalanceFen { get; private set; }

    /// <summary>People are reminded when so much of the kind is unpaid, or more.</summary>
    public long ArrearsFen { get; private set; }

    /// <summary>The age of the oldest unpaid bill at which people are reminded.</summary>
    public int ReminderDays { get; private set; }

    /// <summary>The days between two notices of the same kind.</summary>
    public int CoolDownDays { get; private set; }

    /// <summary>A cut-off is announced when so much of the kind is unpaid, or more.</summary>
    public long CutOffFen { get; private set; }
    public int NoticeDays { get; private set; }

    public ArrearsTerms Terms => new(LowBalanceFen, ArrearsFen, ReminderDays, CoolDownDays, CutOffFen, NoticeDays);

    public void Set(ArrearsTerms terms)
    {
        (LowBalanceFen, ArrearsFen, CutOffFen) = (terms.LowBalanceFen, terms.ArrearsFen, terms.CutOffFen);
        (ReminderDays, CoolDownDays, NoticeDays) = (terms.ReminderDays, terms.CoolDownDays, terms.NoticeDays);
    }
}
