namespace LogisticsAdmin.Features.News.Reading;

/// <summary>The text of an item in one language.</summary>
public sealed record RenderedText(
    string Language, string Title, string Html, bool IsOtherLanguage, IReadOnlyList<NewsAttachment> Attachments)
{
    /// <summary>The pictures that were uploaded for the item, shown or not.</summary>
    public IReadOnlySet<Guid> Pictures { get; init; } = new HashSet<Guid>();
}
