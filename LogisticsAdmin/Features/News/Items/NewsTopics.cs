namespace LogisticsAdmin.Features.News.Items;

/// <summary>Topics of the change feed. Their changes carry only keys, and say nothing about whom an item addresses.</summary>
public static class NewsTopics
{
    /// <summary>Something that readers see or saw changed; the key is the item's id, 0 for many.</summary>
    public const string Items = "news";

    /// <summary>An item changed that no reader sees; the key is its id. Autosaves would otherwise make everybody read again.</summary>
    public const string Drafts = "news-drafts";

    /// <summary>Columns, groups, templates or publishers changed.</summary>
    public const string Settings = "news-settings";

    /// <summary>Somebody read or confirmed; the key is the item's id.</summary>
    public const string Readings = "news-readings";
}
