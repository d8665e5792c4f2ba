using System.Globalization;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>What everybody may read without an account: published and expired items that the office made public, and their pictures.</summary>
public sealed class PublicNews(NewsBoard board, NewsTexts texts, MediaStore store)
{
    /// <summary>The folder of public items, below the app's base.</summary>
    public const string Address = "public/news";

    /// <summary>The item in the reader's language, with the addresses of public pictures.</summary>
    /// <exception cref="NotFound">There is none, it is not public, or it was withdrawn.</exception>
    public async Task<(NewsPage Page, string Html)> OpenAsync(string key, CancellationToken ct = default)
    {
        var snapshot = await board.CurrentAsync(ct);
        var item = Public(snapshot, key);
        var text = await texts.OfAsync(item, Languages.Known(CultureInfo.CurrentUICulture.Name), ct) ?? throw new NotFound();
        var card = new NewsCard(item, snapshot.ColumnOf(item).LocalName, IsRead: true, IsConfirmed: false, IsPinned: false);
        var page = new NewsPage(card, text.Language, text.Title, text.Html, text.IsOtherLanguage, text.Attachments)
        {
            Buildings = snapshot.BuildingsOf(item),
        };
        return (page, NewsHtml.Elsewhere(text.Html, address: "", PicturesOf(item)));
    }

    /// <summary>A picture of a public item, which the caller disposes.</summary>
    /// <exception cref="NotFound">The item is not public, or the picture is not one of its own.</exception>
    public async Task<Stream> PictureAsync(string key, Guid picture, CancellationToken ct = default)
    {
        var item = Public(await board.CurrentAsync(ct), key);
        var text = await texts.OfAsync(item, Languages.Chinese, ct) ?? throw new NotFound();
        return text.Pictures.Contains(picture) && store.OpenRead(picture, thumbnail: false) is { } stream ? stream : throw new NotFound();
    }

    /// <summary>The beginning of the addresses of the item's pictures, below the app's base.</summary>
    public static string PicturesOf(BoardItem item) => $"{Address}/{item.Number}/photos/";

    private static BoardItem Public(BoardSnapshot snapshot, string key) =>
        NewsReader.Find(snapshot, key) is { IsPublic: true } item ? item : throw new NotFound();
}
