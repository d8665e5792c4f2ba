using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>Which items a feed holds: those of a kind (news, notices) or of a column, which is named by its code.</summary>
internal sealed record FeedName(string Name, LocalName Title, Func<BoardItem, bool> Holds)
{
    /// <summary>Null where there is no such feed. The kinds come first: a column of the same code has no feed of its own.</summary>
    public static FeedName? Find(string name, BoardSnapshot snapshot) => name switch
    {
        "news" => new FeedName(name, LocalName.Of<NewsText>("NewsKind.News"), i => i.Kind == NewsKind.News),
        "notices" => new FeedName(name, LocalName.Of<NewsText>("NewsKind.Notice"), i => i.Kind == NewsKind.Notice),
        _ => snapshot.Columns.FirstOrDefault(c => c.Code == name) is { } column
            ? new FeedName(name, column.LocalName, i => i.ColumnId == column.Id) : null,
    };
}
