using System.Collections.Concurrent;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// The text of items as safe HTML, read and rendered once for each state of an item and language, however many readers ask at the same time.
/// Asks for no right: callers do.
/// </summary>
public sealed class NewsTexts(IServiceScopeFactory scopes) : IDisposable
{
    private const long MaximumCharacters = 20_000_000;
    private static readonly TimeSpan Unused = TimeSpan.FromHours(1);

    private readonly MemoryCache _texts = new(new MemoryCacheOptions { SizeLimit = MaximumCharacters });
    private readonly ConcurrentDictionary<TextKey, Lazy<Task<RenderedText?>>> _loading = new();
    private long _reads;

    /// <summary>How often a text was read; for tests.</summary>
    internal long Reads => Interlocked.Read(ref _reads);

    /// <summary>Null when the item is gone. In the other language where this one is missing.</summary>
    public async ValueTask<RenderedText?> OfAsync(BoardItem item, string language, CancellationToken ct = default)
    {
        var wanted = language == Languages.Chinese ? item.HasChinese : item.HasEnglish;
        var shown = wanted ? language : item.HasChinese ? Languages.Chinese : Languages.English;
        var key = new TextKey(item.Id, item.Version, shown);
        if (!_texts.TryGetValue(key, out RenderedText? text))
            text = await _loading.GetOrAdd(key, k => new Lazy<Task<RenderedText?>>(() => LoadAsync(k))).Value.WaitAsync(ct);
        return text is null ? null : text with { IsOtherLanguage = shown != language };
    }

    public void Dispose() => _texts.Dispose();

    /// <summary>One at a time for each key. It goes on when whoever asked first no longer waits: others do.</summary>
    private async Task<RenderedText?> LoadAsync(TextKey key)
    {
        try
        {
            // Loaded between the look into the cache and this one.
            if (_texts.TryGetValue(key, out RenderedText? known)) return known;
            var text = await ReadAsync(key.Item, key.Language, CancellationToken.None);
            if (text is not null) _texts.Set(key, text, new MemoryCacheEntryOptions { Size = text.Html.Length + 500, SlidingExpiration = Unused });
            return text;
        }
        finally
        {
            _loading.TryRemove(key, out _);
        }
    }

    private async Task<RenderedText?> ReadAsync(long id, string language, CancellationToken ct)
    {
        Interlocked.Increment(ref _reads);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var item = await db.NewsItems.AsNoTracking().Where(i => i.Id == id)
            .Select(i => new { i.Title, i.TitleEn, i.Body, i.BodyEn }).SingleOrDefaultAsync(ct);
        if (item is null) return null;
        var files = await db.NewsFiles.AsNoTracking()
            .Where(f => f.ItemId == id && f.RemovedAt == null && f.Pending != PendingFileChange.Add).OrderBy(f => f.Id)
            .Select(f => new { f.IsPicture, File = new NewsAttachment(f.Key, f.Name, f.Length) }).ToListAsync(ct);
        var isChinese = language == Languages.Chinese;
        return new RenderedText(
            language, isChinese ? item.Title : item.TitleEn, NewsHtml.Render(isChinese ? item.Body : item.BodyEn), false,
            [.. files.Where(f => !f.IsPicture).Select(f => f.File)])
        {
            Pictures = files.Where(f => f.IsPicture).Select(f => f.File.Key).ToHashSet(),
        };
    }

    private readonly record struct TextKey(long Item, long Version, string Language);
}
