using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using LogisticsAdmin.Features.News.Reading;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>Writes an Atom feed (RFC 4287). Ids are tag URIs (RFC 4151) that stay the same whatever is corrected.</summary>
internal static class AtomFeed
{
    // Part of each id: the year in which the names were given out, which never changes.
    private const int Since = 2026;

    public static async Task<byte[]> WriteAsync(FeedSource source, BoardSnapshot snapshot, NewsTexts texts, CancellationToken ct)
    {
        List<SyndicationItem> entries = [];
        foreach (var item in snapshot.Items.Where(i => i is { IsPublic: true, IsCurrent: true } && source.Name.Holds(i)).Take(NewsFeeds.Entries))
        {
            if (await texts.OfAsync(item, source.Language, ct) is not { } text) continue;
            var html = NewsHtml.Elsewhere(text.Html, source.Address, source.Address + PublicNews.PicturesOf(item));
            var entry = new SyndicationItem
            {
                Id = Tag(source, $"news/{item.Number}"),
                Title = Plain(text.Title),
                Content = SyndicationContent.CreateHtmlContent(Clean(html)),
                Summary = Plain(NewsFeeds.In(item.Summary, source.Language)),
                PublishDate = item.PublishedAt.ToUniversalTime(),
                LastUpdatedTime = item.ChangedAt.ToUniversalTime(),
            };
            entry.Links.Add(new SyndicationLink(new Uri(source.LinkOf(item)), "alternate", null, "text/html", 0));
            entry.Categories.Add(new SyndicationCategory(snapshot.ColumnOf(item).Code, null, NewsFeeds.In(snapshot.ColumnOf(item).LocalName, source.Language)));
            entries.Add(entry);
        }
        var feed = new SyndicationFeed(entries)
        {
            Id = Tag(source, $"feeds/{source.Name.Name}"),
            Title = Plain(source.Title),
            Language = source.Language,
            LastUpdatedTime = source.Changed.ToUniversalTime(),
        };
        feed.Authors.Add(new SyndicationPerson { Name = source.Office });
        feed.Links.Add(SyndicationLink.CreateSelfLink(
            new Uri($"{source.Address}feeds/{source.Name.Name}.atom{source.Query}"), "application/atom+xml"));
        feed.Links.Add(new SyndicationLink(new Uri(source.Address), "alternate", null, "text/html", 0));

        using var written = new MemoryStream();
        await using (var writer = XmlWriter.Create(written, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(false), Indent = true }))
            feed.GetAtom10Formatter().WriteTo(writer);
        return written.ToArray();
    }

    private static string Tag(FeedSource source, string specific) =>
        string.Create(CultureInfo.InvariantCulture, $"tag:{source.Host},{Since}:{specific}");

    private static TextSyndicationContent Plain(string text) => SyndicationContent.CreatePlaintextContent(Clean(text));

    /// <summary>Without the characters that XML can't hold.</summary>
    private static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) kept.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) kept.Append(text[i]).Append(text[++i]);
        }
        return kept.ToString();
    }
}
