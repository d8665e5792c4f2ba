namespace LogisticsAdmin.Features.News.Items;

/// <summary>The content of an item as it was after one save. Autosaves of one person within a few minutes are kept as one.</summary>
public sealed class NewsRevision
{
    // Clock times that are multiples of it begin a new revision, so that no revision covers more.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

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

    /// <summary>When it was saved last.</summary>
    public DateTimeOffset At { get; private set; }
    public string Title { get; private set; } = "";
    public string TitleEn { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string SummaryEn { get; private set; } = "";
    public string Body { get; private set; } = "";
    public string BodyEn { get; private set; } = "";
    public AudienceRule Audience { get; private set; } = AudienceRule.Everyone;

    public NewsContent Content => new(Title, TitleEn, Summary, SummaryEn, Body, BodyEn);

    /// <summary>
    /// Whether an autosave can take its place: after an autosave of the same person, in the same ten minutes of the clock, and without making
    /// one of the bodies less than half as long, because then the longer one may be wanted back.
    /// </summary>
    public bool MayBecome(NewsContent content, long? by, DateTimeOffset at) =>
        Reason == RevisionReason.Autosaved && ById == by && at.UtcTicks / Longest.Ticks == At.UtcTicks / Longest.Ticks
        && content.Body.Length * 2 >= Body.Length && content.BodyEn.Length * 2 >= BodyEn.Length;

    /// <summary>An autosave for which <see cref="MayBecome"/> holds.</summary>
    public void Replace(NewsContent content, AudienceRule audience, DateTimeOffset at)
    {
        (Title, TitleEn, Summary, SummaryEn, Body, BodyEn) =
            (content.Title, content.TitleEn, content.Summary, content.SummaryEn, content.Body, content.BodyEn);
        (Audience, At) = (audience, at);
    }
}
