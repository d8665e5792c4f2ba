namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>The kinds of messages about notices and news. The numbers are stored in inboxes.</summary>
public enum NewsNotification
{
    Published = 50,

    /// <summary>An urgent notice.</summary>
    Urgent = 51,
    Corrected = 52,

    /// <summary>It was not read yet.</summary>
    Reminded = 53,

    /// <summary>A text waits for a second person.</summary>
    ReviewAsked = 54,

    /// <summary>The second person gave it back.</summary>
    Returned = 55,
}
