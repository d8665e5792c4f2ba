namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The column that the list of arrears is sorted by.</summary>
public enum ArrearsSort
{
    Owed = 1,

    /// <summary>The day of the oldest unpaid charge.</summary>
    Oldest = 2,
    Owner = 3,
    Reminder = 4,
}
