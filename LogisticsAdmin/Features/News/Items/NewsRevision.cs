namespace LogisticsAdmin.Features.News.Items;

/// <summary>The content of an item as it was after one save. Consecutive autosaves of one person are kept as one.</summary>
public sealed class NewsRevision
{
    private NewsRevision() { }

    public NewsRevision(int number, NewsContent content, AudienceRule audience, RevisionReason reason, long? byId, DateTimeOffset at)
    {
        (Number, Reason, ById, At, Audience) = (number, reason, byId, at, audience);
        Replace(content, audience, at);
    }

    public long Id { get; private set; }
    public long ItemId { get; private set; }

    /// <summary>Counts from 1 within the item.</summary>
    public int Number { get; private set; }
    public RevisionReason Reason { get; private set; }
    public long? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string Title { get; private set; } = "";
    public string TitleEn { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string SummaryEn { get; private set; } = "";
    public string Body { get; private set; } = "";
    public string BodyEn { get; private set; } = "";
    public AudienceRule Audience { get; private set; } = AudienceRule.Everyone;

    public NewsContent Content => new(Title, TitleEn, Summary, SummaryEn, Body, BodyEn);

    /// <summary>An autosave that follows another one of the same person.</summary>
    public void Replace(NewsContent content, AudienceRule audience, DateTimeOffset at)
    {
        (Title, TitleEn, Summary, SummaryEn, Body, BodyEn) =
            (content.Title, content.TitleEn, content.Summary, content.SummaryEn, content.Body, content.BodyEn);
        (Audience, At) = (audience, at);
    }
}
