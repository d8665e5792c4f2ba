using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>栏目.</summary>
public sealed class NewsColumn : Versioned, IRetirable, IAudited
{
    private NewsColumn() { }

    /// <param name="code">Part of addresses of feeds, such as outages: lower-case letters, digits and hyphens. Never changes.</param>
    /// <param name="kind">What is published in it; never changes.</param>
    public NewsColumn(string code, NewsKind kind) => (Code, Kind) = (code, kind);

    public string Code { get; private set; } = "";
    public NewsKind Kind { get; private set; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";

    /// <summary>The place among the columns, the lowest first.</summary>
    public int Order { get; private set; }

    /// <summary>Whether a second person must approve what is published in it.</summary>
    public bool NeedsReview { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    public void Describe(string name, string nameEn, int order, bool needsReview) =>
        (Name, NameEn, Order, NeedsReview) = (CleanText.Clean(name), CleanText.Clean(nameEn), order, needsReview);

    public void Retire(long by, DateTimeOffset at) => (RetiredAt, RetiredById) = (at, by);

    public void Restore() => (RetiredAt, RetiredById) = (null, null);
}
