namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>What a version of a price is today.</summary>
public enum RateState
{
    /// <summary>待生效: begins later.</summary>
    Scheduled = 1,

    /// <summary>现行: applies today.</summary>
    Current = 2,

    /// <summary>已替代: another one applies by now.</summary>
    Superseded = 3,

    /// <summary>已撤回.</summary>
    Withdrawn = 4,
}
