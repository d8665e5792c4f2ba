using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>
/// A notice or news item. Its verbs refuse what the state does not allow. Who may do what is decided by <see cref="NewsAccess"/> before.
/// </summary>
public sealed class NewsItem : Versioned, IAudited, ISearchable
{
    private readonly List<NewsRevision> _revisions = [];
    private readonly List<NewsOutageBuilding> _outageBuildings = [];

    private NewsItem() { }

    public NewsItem(string number, NewsColumn column, long? authorId, DateTimeOffset at)
    {
        (Number, AuthorId, CreatedAt) = (number, authorId, at);
        MoveTo(column);
    }

    public string Number { get; private set; } = "";
    public long ColumnId { get; private set; }
    public NewsColumn Column { get; private set; } = null!;
    public NewsKind Kind { get; private set; }
    public NewsState State { get; private set; } = NewsState.Draft;
    public long? AuthorId { get; private set; }

    [NotAudited]
    public DateTimeOffset CreatedAt { get; private set; }
    public string Title { get; private set; } = "";
    public string TitleEn { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string SummaryEn { get; private set; } = "";

    /// <summary>Markdown. Its history is in the revisions.</summary>
    [NotAudited]
    public string Body { get; private set; } = "";

    [NotAudited]
    public string BodyEn { get; private set; } = "";

    /// <summary>The number of the newest revision.</summary>
    [NotAudited]
    public int Revision { get; private set; }

    /// <summary>The picture on cards; one of the item's files.</summary>
    public Guid? CoverKey { get; private set; }

    [NotAudited]
    public AudienceRule Audience { get; private set; } = AudienceRule.Everyone;

    /// <summary>公开: readable without an account, and part of the feeds. Only for everyone.</summary>
    public bool IsPublic { get; private set; }

    /// <summary>Shown as a banner on every open page until it is read.</summary>
    public bool IsUrgent { get; private set; }

    /// <summary>Readers are asked to confirm that they have read it. Urgent notices always ask.</summary>
    public bool NeedsConfirmation { get; private set; }
    public DateTimeOffset? ConfirmBefore { get; private set; }

    /// <summary>置顶: above the others until the end of this day of the office.</summary>
    public DateOnly? PinnedUntil { get; private set; }
    public OutageKind? OutageKind { get; private set; }
    public DateTimeOffset? OutageFrom { get; private set; }
    public DateTimeOffset? OutageUntil { get; private set; }
    public IReadOnlyCollection<NewsOutageBuilding> OutageBuildings => _outageBuildings;

    /// <summary>When it is to go out; null: as soon as it is released.</summary>
    public DateTimeOffset? PublishAt { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public long? SubmittedById { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public long? ReviewedById { get; private set; }

    /// <summary>Why the second person gave it back; null once it is submitted again.</summary>
    public string? ReturnedBecause { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>It was due while the app was not running.</summary>
    public bool WasLate { get; private set; }
    public DateTimeOffset? ExpiredAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public long? WithdrawnById { get; private set; }
    public string? WithdrawnBecause { get; private set; }

    /// <summary>What the last correction changed, for the readers, in each language.</summary>
    public string? Correction { get; private set; }
    public string? CorrectionEn { get; private set; }
    public DateTimeOffset? CorrectedAt { get; private set; }

    public IReadOnlyCollection<NewsRevision> Revisions => _revisions;

    public NewsContent Content => new(Title, TitleEn, Summary, SummaryEn, Body, BodyEn);

    public PlannedOutage? Outage =>
        OutageKind is { } kind && OutageFrom is { } from && OutageUntil is { } until ? new PlannedOutage(kind, from, until) : null;

    /// <summary>Whether readers are asked to confirm.</summary>
    public bool AsksForConfirmation => NeedsConfirmation || IsUrgent;

    public string SearchText => string.Join('\n', Number, Title, TitleEn, Summary, SummaryEn, Body, BodyEn);

    /// <summary>Changes the text of a draft and keeps a revision of it; nothing happens when nothing differs.</summary>
    /// <param name="content">What was written.</param>
    /// <param name="reason">An autosave soon after an autosave of the same person replaces it.</param>
    /// <param name="by">Who wrote it.</param>
    /// <param name="at">When.</param>
    /// <param name="last">The newest revision, which the caller has read; null before the first one.</param>
    /// <returns>The revision to store, null when nothing differs or the last one was replaced.</returns>
    public NewsRevision? Write(NewsContent content, RevisionReason reason, long? by, DateTimeOffset at, NewsRevision? last)
    {
        Demand(NewsState.Draft);
        return Keep(content, reason, by, at, last);
    }

    /// <summary>Whom it is for and how it is shown; possible in a draft.</summary>
    public void Address(AudienceRule audience, bool isPublic, bool isUrgent, bool needsConfirmation, DateTimeOffset? confirmBefore, DateOnly? pinnedUntil)
    {
        Demand(NewsState.Draft);
        (Audience, IsPublic, IsUrgent, NeedsConfirmation, ConfirmBefore, PinnedUntil) =
            (audience, isPublic, isUrgent, needsConfirmation, confirmBefore, pinnedUntil);
    }

    public void MoveTo(NewsColumn column)
    {
        Demand(NewsState.Draft);
        (Column, ColumnId, Kind) = (column, column.Id, column.Kind);
    }

    public void SetTimes(DateTimeOffset? publishAt, DateTimeOffset? expiresAt)
    {
        Demand(NewsState.Draft);
        (PublishAt, ExpiresAt) = (publishAt, expiresAt);
    }

    /// <summary>Which outage it announces; a draft may still lack times and buildings.</summary>
    public void SetOutage(OutageKind? kind, DateTimeOffset? from, DateTimeOffset? until, IReadOnlyCollection<long> buildings)
    {
        Demand(NewsState.Draft);
        OutageKind = kind;
        DescribeOutage(from, until, buildings);
    }

    /// <summary>The outage of a published item begins or ends at another time, or concerns other buildings.</summary>
    public void MoveOutage(DateTimeOffset? from, DateTimeOffset? until, IReadOnlyCollection<long> buildings)
    {
        Demand(NewsState.Published);
        DescribeOutage(from, until, buildings);
    }

    public void SetCover(Guid? key) => CoverKey = key;

    /// <summary>送审.</summary>
    public void Submit(long by, DateTimeOffset at)
    {
        Demand(NewsState.Draft);
        (State, SubmittedAt, SubmittedById, ReturnedBecause) = (NewsState.InReview, at, by, null);
    }

    /// <summary>撤回送审: its author goes on writing.</summary>
    public void Recall()
    {
        Demand(NewsState.InReview);
        State = NewsState.Draft;
    }

    /// <summary>退回修改.</summary>
    public void Return(long by, string because, DateTimeOffset at)
    {
        Demand(NewsState.InReview);
        (State, ReviewedAt, ReviewedById, ReturnedBecause) = (NewsState.Draft, at, by, because.Trim());
    }

    /// <summary>审核通过: it goes out at once or at its time.</summary>
    public void Approve(long by, DateTimeOffset at)
    {
        Demand(NewsState.InReview);
        (ReviewedAt, ReviewedById) = (at, by);
        Schedule(at);
    }

    /// <summary>Releases a draft of a column without review; it goes out at once or at its time.</summary>
    public void Release(DateTimeOffset at)
    {
        Demand(NewsState.Draft);
        Schedule(at);
    }

    /// <summary>取消定时: a scheduled item is a draft again.</summary>
    public void Unschedule()
    {
        Demand(NewsState.Scheduled);
        State = NewsState.Draft;
    }

    /// <summary>Goes out now. <paramref name="wasLate"/>: it was due while the app was not running.</summary>
    public void Publish(DateTimeOffset at, bool wasLate)
    {
        Demand(NewsState.Scheduled);
        (State, PublishedAt, WasLate) = (NewsState.Published, at, wasLate);
    }

    /// <summary>更正: changes what readers see and says what changed.</summary>
    /// <returns>The revision to store, null when the text is the same.</returns>
    public NewsRevision? Correct(NewsContent content, LocalName correction, long by, DateTimeOffset at, NewsRevision? last)
    {
        Demand(NewsState.Published);
        var revision = Keep(content, RevisionReason.Corrected, by, at, last);
        (Correction, CorrectionEn, CorrectedAt) = (correction.Zh.Trim(), correction.En.Trim(), at);
        return revision;
    }

    public void Pin(DateOnly? until)
    {
        Demand(NewsState.Draft, NewsState.InReview, NewsState.Scheduled, NewsState.Published);
        PinnedUntil = until;
    }

    /// <summary>Changes when a published item ends; null: never.</summary>
    public void ExpireAt(DateTimeOffset? at)
    {
        Demand(NewsState.Published);
        ExpiresAt = at;
    }

    public void Expire(DateTimeOffset at)
    {
        Demand(NewsState.Published);
        (State, ExpiredAt) = (NewsState.Expired, at);
    }

    /// <summary>撤回: gone from all pages and feeds, still in the office's history.</summary>
    public void Withdraw(long by, string because, DateTimeOffset at)
    {
        Demand(NewsState.Published, NewsState.Expired);
        (State, WithdrawnAt, WithdrawnById, WithdrawnBecause) = (NewsState.Withdrawn, at, by, because.Trim());
    }

    public void Discard()
    {
        Demand(NewsState.Draft);
        State = NewsState.Discarded;
    }

    public void RestoreDraft()
    {
        Demand(NewsState.Discarded);
        State = NewsState.Draft;
    }

    private void DescribeOutage(DateTimeOffset? from, DateTimeOffset? until, IReadOnlyCollection<long> buildings)
    {
        (OutageFrom, OutageUntil) = OutageKind is null ? (null, null) : (from, until);
        var wanted = OutageKind is null ? [] : buildings.ToHashSet();
        _outageBuildings.RemoveAll(b => !wanted.Contains(b.BuildingId));
        wanted.ExceptWith(_outageBuildings.Select(b => b.BuildingId));
        _outageBuildings.AddRange(wanted.Select(b => new NewsOutageBuilding(b)));
    }

    private void Schedule(DateTimeOffset now)
    {
        State = NewsState.Scheduled;
        if (PublishAt is null || PublishAt <= now) Publish(now, wasLate: false);
    }

    private NewsRevision? Keep(NewsContent content, RevisionReason reason, long? by, DateTimeOffset at, NewsRevision? last)
    {
        if (content == Content && last is not null) return null;
        (Title, TitleEn, Summary, SummaryEn, Body, BodyEn) =
            (content.Title, content.TitleEn, content.Summary, content.SummaryEn, content.Body, content.BodyEn);
        if (reason == RevisionReason.Autosaved && last?.MayBecome(content, by, at) == true)
        {
            last.Replace(content, Audience, at);
            return null;
        }
        var revision = new NewsRevision(++Revision, content, Audience, reason, by, at);
        _revisions.Add(revision);
        return revision;
    }

    private void Demand(params ReadOnlySpan<NewsState> states)
    {
        foreach (var state in states)
            if (State == state) return;
        throw Rejected.Because<NewsText>("NotPossible", Number);
    }
}
