namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>What makes a reading doubtful, so that it is asked about before it is stored.</summary>
public enum ReadingDoubtKind
{
    /// <summary>过零: lower than the one before, and near 0: the counter probably passed 0.</summary>
    RollOver = 1,

    /// <summary>倒走: lower than the one before, and passing 0 would mean very much usage.</summary>
    Backwards = 2,

    /// <summary>More than ten times the usual daily usage.</summary>
    TooMuch = 3,

    /// <summary>Nothing was used for long.</summary>
    NothingUsed = 4,

    /// <summary>Higher than the next reading, which would have passed 0 then.</summary>
    NextLower = 5,
}
