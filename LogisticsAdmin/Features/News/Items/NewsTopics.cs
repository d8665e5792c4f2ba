namespace LogisticsAdmin.Features.News.Items;

/// <summary>Topics of the change feed. Their changes carry only keys, and say nothing about whom an item addresses.</summary>
public static class NewsTopics
{
    /// <summary>An item changed; the key is its id, 0 for many.</summary>
    public const string Items = "news";

    /// <summary>Columns, groups, templates or publishers changed.</summary>
    public const string Settings = "news-settings";

    /// <summary>Somebody read or confirmed; the key is the item's id.</summary>
    public const string Readings = "news-readings";
}
