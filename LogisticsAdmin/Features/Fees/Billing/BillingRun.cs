using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>出账: bills one kind for one period, room by room or person by person. It goes on where it stopped.</summary>
public sealed class BillingRun : Versioned, IAudited
{
    private BillingRun() { }

    public BillingRun(long kindId, string period, DateOnly first, DateOnly last, int total, long? by, DateTimeOffset at) =>
        (KindId, Period, First, Last, Total, StartedById, StartedAt) = (kindId, period, first, last, total, by, at);

    public long KindId { get; private set; }

    /// <summary>2026-11 for a month, 2026 for a year, the first month of a term such as 2026-09/term.</summary>
    public string Period { get; private set; } = "";
    public DateOnly First { get; private set; }
    public DateOnly Last { get; private set; }
    public RunState State { get; private set; } = RunState.Running;

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

    public void Finish(DateTimeOffset at) => (State, EndedAt) = (RunState.Done, at);

    public void Cancel(DateTimeOffset at) => (State, EndedAt) = (RunState.Cancelled, at);
}
