using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>One line of the office's list.</summary>
public sealed record NewsRow(
    long Id, string Number, string Title, string TitleEn, bool HasChinese, bool HasEnglish, NewsKind Kind, LocalName Column, AudienceRule Audience,
    NewsState State, string? Author, DateTimeOffset? PublishAt, DateTimeOffset? PublishedAt, DateTimeOffset? ExpiresAt, bool IsUrgent, bool AsksForConfirmation,
    DateOnly? PinnedUntil)
{
    /// <summary>The audience in the reader's words.</summary>
    public string AudienceWords { get; init; } = "";

    /// <summary>How many people it reached; those who read and confirmed it are among them.</summary>
    public int Told { get; init; }
    public int Read { get; init; }
    public int Confirmed { get; init; }

    public LocalName DisplayTitle => new(Title.Length > 0 ? Title : TitleEn, TitleEn);

    /// <summary>When it went out or is to go out.</summary>
    public DateTimeOffset? Publishes => PublishedAt ?? PublishAt;
}

/// <summary>One page of the list, and how many there are in each state under the same filter.</summary>
public sealed record NewsWindow(IReadOnlyList<NewsRow> Items, int Total, IReadOnlyDictionary<NewsState, int> Counts)
{
    public static readonly NewsWindow Empty = new([], 0, new Dictionary<NewsState, int>());
}

/// <summary>A column to write in.</summary>
public sealed record ColumnChoice(long Id, string Code, NewsKind Kind, LocalName Name, bool NeedsReview);

/// <summary>A template to begin with.</summary>
public sealed record TemplateChoice(long Id, string Code, long ColumnId, LocalName Name);

/// <summary>A canned paragraph to insert.</summary>
public sealed record ParagraphChoice(long Id, LocalName Name, string Text, string TextEn);

/// <summary>A building that an outage can concern.</summary>
public sealed record BuildingChoice(long Id, LocalName Name);

/// <summary>A picture or attachment of an item; the length is in bytes.</summary>
public sealed record NewsFileRow(Guid Key, string Name, long Length, bool IsPicture);

/// <summary>An item as it is opened for writing.</summary>
public sealed record NewsEditing(
    long Id, string Number, NewsState State, NewsKind Kind, LocalName Column, bool NeedsReview, int Revision, NewsForm Form, NewsLife Life,
    IReadOnlyList<NewsFileRow> Files)
{
    /// <summary>Attachments were added or taken out, and the correction that shows it is not published yet.</summary>
    public bool HasPendingFiles { get; init; }
}

/// <summary>What happened to an item so far, and who did it.</summary>
public sealed record NewsLife(
    long? AuthorId, string? Author, DateTimeOffset CreatedAt, long? SubmitterId, string? Submitter, DateTimeOffset? SubmittedAt, string? Reviewer,
    DateTimeOffset? ReviewedAt, string? ReturnedBecause, DateTimeOffset? PublishAt, DateTimeOffset? PublishedAt, bool WasLate, DateTimeOffset? ExpiresAt,
    DateTimeOffset? ExpiredAt, string? Withdrawer, DateTimeOffset? WithdrawnAt, string? WithdrawnBecause, DateTimeOffset? CorrectedAt)
{
    public string? SavedBy { get; init; }
    public DateTimeOffset? SavedAt { get; init; }
}

/// <summary>One kept revision, without its text.</summary>
public sealed record RevisionRow(int Number, RevisionReason Reason, string? By, DateTimeOffset At);

/// <summary>An item as readers will see it, in both languages; the bodies are safe HTML.</summary>
public sealed record NewsPreview(
    string Number, NewsKind Kind, NewsState State, LocalName Column, string Title, string TitleEn, string Html, string HtmlEn, Guid? CoverKey);

/// <summary>Somebody of an audience.</summary>
public sealed record AudiencePerson(long Id, string Name, string? Number, string? ClassName, LocalName? Building, LocalName? Room);

/// <summary>How many people an audience has, and some of them by name.</summary>
public sealed record AudienceReach(int Total, IReadOnlyList<AudiencePerson> People);

/// <summary>A value of an audience's line to choose from; <paramref name="Detail"/> tells equal names apart.</summary>
public sealed record AudienceChoice(string Value, string Text, string? Detail = null);
