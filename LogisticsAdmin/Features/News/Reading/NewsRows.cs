using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>What a reader looks for. Page counts from 1.</summary>
public sealed record NewsFilter
{
    public const int PageSize = 20;

    public string? Text { get; init; }

    /// <summary>The code of a column.</summary>
    public string? Column { get; init; }
    public NewsKind? Kind { get; init; }
    public bool UnreadOnly { get; init; }
    public int Page { get; init; } = 1;
}

/// <summary>One card: <paramref name="IsRead"/> and <paramref name="IsConfirmed"/> are the reader's own.</summary>
public sealed record NewsCard(BoardItem Item, LocalName Column, bool IsRead, bool IsConfirmed, bool IsPinned)
{
    /// <summary>Valid and not opened yet.</summary>
    public bool IsNew => Item.IsCurrent && !IsRead;

    /// <summary>The reader is asked to confirm and has not.</summary>
    public bool WaitsForConfirmation => Item is { AsksForConfirmation: true, IsCurrent: true } && !IsConfirmed;
}

/// <summary>One page of cards: pinned first, then unread, then the newest. <paramref name="Columns"/> are those that have something for the reader.</summary>
public sealed record NewsList(IReadOnlyList<NewsCard> Cards, int Total, int Unread, IReadOnlyList<NewsColumn> Columns);

/// <summary>
/// An item with its text as safe HTML, in the reader's language or the other one: then <paramref name="IsOtherLanguage"/>.
/// <paramref name="Attachments"/> are the files to download.
/// </summary>
public sealed record NewsPage(
    NewsCard Card, string Language, string Title, string Html, bool IsOtherLanguage, IReadOnlyList<NewsAttachment> Attachments)
{
    /// <summary>The buildings of a planned outage.</summary>
    public IReadOnlyList<LocalName> Buildings { get; init; } = [];

    /// <summary>Whether the reader belongs to the audience; the office also reads what is meant for others.</summary>
    public bool IsAddressed { get; init; }

    /// <summary>The next newer and the next older item that the reader may see.</summary>
    public BoardItem? Newer { get; init; }
    public BoardItem? Older { get; init; }
}

/// <summary>A file to download; the length is in bytes.</summary>
public sealed record NewsAttachment(Guid Key, string Name, long Length);
