using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>出账: bills one kind for one period, room by room or person by person. It goes on where it stopped.</summary>
public sealed class BillingRun : Versioned, IAudited
{
    private BillingRun() { }

    public BillingRun(long kindId, FeePeriod period, int total, long? by, DateTimeOffset at)
    {
        (KindId, Total, StartedById, StartedAt) = (kindId, total, by, at);
        (Period, First, Last) = (period.Code, period.First, period.Last);
    }

    /// <summary>A run that corrects the bills of a kind from a day on, because its rates changed.</summary>
    public static BillingRun ForCorrection(long kindId, DateOnly from, DateOnly today, int total, long? by, DateTimeOffset at) =>
        new(kindId, new FeePeriod(from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), from, today), total, by, at) { IsCorrection = true };

    public long KindId { get; private set; }

    /// <summary>See <see cref="FeePeriod.Code"/>; of a correction the first day.</summary>
    public string Period { get; private set; } = "";
    public DateOnly First { get; private set; }
    public DateOnly Last { get; private set; }
    public RunState State { get; private set; } = RunState.Running;
    public bool IsCorrection { get; private set; }

    /// <summary>How many rooms or people it goes through.</summary>
    public int Total { get; private set; }

    [NotAudited]
    public int Done { get; private set; }

    /// <summary>The highest room or person that it has gone through; those above are still to be billed.</summary>
    [NotAudited]
    public long Position { get; private set; }

    [NotAudited]
    public int Bills { get; private set; }

    [NotAudited]
    public long AmountFen { get; private set; }

    /// <summary>Rooms that could not be billed, such as those without a reading.</summary>
    [NotAudited]
    public int LeftOut { get; private set; }
    public long? StartedById { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void Advance(long position, int done, int bills, Money amount, int leftOut)
    {
        (Position, Done, Bills) = (position, Done + done, Bills + bills);
        (AmountFen, LeftOut) = (AmountFen + amount.Fen, LeftOut + leftOut);
    }

    /// <summary>Begins a correction anew, from the earlier of both days: rates changed again while it ran.</summary>
    public void StartAgain(DateOnly from, DateOnly today, int total)
    {
        (Position, Done, Total) = (0, 0, total);
        (First, Last) = (from < First ? from : First, today);
        Period = First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public void Finish(DateTimeOffset at) => (State, EndedAt) = (RunState.Done, at);

    public void Cancel(DateTimeOffset at) => (State, EndedAt) = (RunState.Cancelled, at);
}
