namespace LogisticsAdmin.Features.News.Items;

/// <summary>The life of a notice or news item.</summary>
public enum NewsState
{
    Draft = 1,

    /// <summary>Waits for a second person.</summary>
    InReview = 2,

    /// <summary>Goes out at its time.</summary>
    Scheduled = 3,
    Published = 4,
    Expired = 5,

    /// <summary>Taken back with a reason; only the office sees it in the history.</summary>
    Withdrawn = 6,

    /// <summary>A draft that was given up.</summary>
    Discarded = 7,
}
