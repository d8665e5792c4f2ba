namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Which meters a list shows.</summary>
public enum MeterState
{
    InUse = 1,

    /// <summary>In use and without a true reading in this month.</summary>
    Unread = 2,
    Removed = 3,
}
