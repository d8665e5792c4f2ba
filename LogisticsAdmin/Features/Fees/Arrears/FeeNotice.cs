namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>One notice about an account, to everybody who pays into it. There is at most one of a kind a day.</summary>
public sealed class FeeNotice
{
    private FeeNotice() { }

    public FeeNotice(long accountId, FeeNoticeKind kind, long balanceFen, int people, long? by, DateOnly day, DateTimeOffset at) =>
        (AccountId, Kind, BalanceFen, People, ById, Day, At) = (accountId, kind, balanceFen, people, by, day, at);

    public long Id { get; private set; }
    public long AccountId { get; private set; }
    public FeeNoticeKind Kind { get; private set; }

    /// <summary>The balance that it told.</summary>
    public long BalanceFen { get; private set; }

    /// <summary>How many were told.</summary>
    public int People { get; private set; }

    /// <summary>Who sent it; null for the app itself.</summary>
    public long? ById { get; private set; }
    public DateOnly Day { get; private set; }
    public DateTimeOffset At { get; private set; }
}
