namespace LogisticsAdmin.Registries;

/// <summary>What a group of staff can be told by its robot.</summary>
public enum GroupEvent
{
    /// <summary>An emergency was reported.</summary>
    Emergency = 1,

    /// <summary>Something is overdue.</summary>
    Overdue = 2,

    /// <summary>An urgent notice was published.</summary>
    UrgentNotice = 3,
}
