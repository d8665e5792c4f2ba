namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Where a reading comes from.</summary>
public enum ReadingSource
{
    /// <summary>Taken at the meter.</summary>
    Read = 1,
    Imported = 2,

    /// <summary>估抄: settled by the next true reading.</summary>
    Estimated = 3,

    /// <summary>底数: when the meter was installed.</summary>
    Opening = 4,

    /// <summary>止数: when it was removed.</summary>
    Closing = 5,
}
