using System.Collections.Concurrent;
using System.Security.Cryptography;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>
/// Atom and iCalendar feeds of public items, written once for each change of the board. Only with the address of the app: what is sent out must
/// lead back.
/// </summary>
internal sealed class NewsFeeds(
    NewsBoard board, NewsTexts texts, IServiceScopeFactory scopes, OfficeTime office, IOptions<OfficeOptions> options)
{
    /// <summary>Entries of an Atom feed: the newest that are valid.</summary>
    public const int Entries = 50;

    private readonly ConcurrentDictionary<(string Name, string Language, bool IsCalendar), Kept> _kept = new();

    /// <summary>Null where there is none.</summary>
    public Task<Feed?> AtomAsync(string name, string language, CancellationToken ct = default) => OfAsync(name, language, isCalendar: false, ct);

    /// <summary>The planned outages; null where there is none.</summary>
    public Task<Feed?> CalendarAsync(string name, string language, CancellationToken ct = default) => OfAsync(name, language, isCalendar: true, ct);

    private async Task<Feed?> OfAsync(string name, string language, bool isCalendar, CancellationToken ct)
    {
        if (options.Value.Address is not { Length: > 0 } given) return null;
        var snapshot = await board.CurrentAsync(ct);
        if (FeedName.Find(name, snapshot) is not { } feed) return null;
        var key = (feed.Name, language, isCalendar);
        if (_kept.TryGetValue(key, out var kept) && kept.Of == snapshot) return kept.Feed;

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        var changed = await ChangedAsync(scope.ServiceProvider, ct);
        var card = await scope.ServiceProvider.GetRequiredService<IOfficeCard>().CurrentAsync(ct);
        var source = new FeedSource(feed, language, given.TrimEnd('/') + '/', In(card.Name ?? LocalName.Of<FeedsText>("TheOffice"), language), changed);
        var content = isCalendar
            ? NewsCalendar.Write(source, snapshot, office.Zone)
            : await AtomFeed.WriteAsync(source, snapshot, texts, ct);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";
        var type = isCalendar ? "text/calendar; charset=utf-8" : "application/atom+xml; charset=utf-8";
        var made = new Feed(content, type, new EntityTagHeaderValue(tag), changed);
        _kept[key] = new Kept(snapshot, made);
        return made;
    }

    /// <summary>The last moment at which something changed in any public item, withdrawals included.</summary>
    private static async Task<DateTimeOffset> ChangedAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var items = db.NewsItems.AsNoTracking().Where(i => i.IsPublic);
        DateTimeOffset?[] moments =
        [
            await items.MaxAsync(i => i.PublishedAt, ct), await items.MaxAsync(i => i.CorrectedAt, ct),
            await items.MaxAsync(i => i.ExpiredAt, ct), await items.MaxAsync(i => i.WithdrawnAt, ct),
        ];
        return moments.Max() ?? DateTimeOffset.UnixEpoch;
    }

    internal static string In(LocalName name, string language) => language == Languages.English && name.En.Length > 0 ? name.En : name.Zh;

    private sealed record Kept(BoardSnapshot Of, Feed Feed);
}

/// <summary>What is told about a feed itself. <paramref name="Address"/> is that of the app and ends with a slash.</summary>
internal sealed record FeedSource(FeedName Name, string Language, string Address, string Office, DateTimeOffset Changed)
{
    public string Title => $"{Office} · {NewsFeeds.In(Name.Title, Language)}";

    /// <summary>The language as an addition to an address; the feed without it is Chinese.</summary>
    public string Query => Language == Languages.Chinese ? "" : $"?lang={Language}";

    public string Host => new Uri(Address).Host;

    public string LinkOf(BoardItem item) => $"{Address}{PublicNews.Address}/{item.Number}";
}
