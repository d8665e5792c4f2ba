using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// All readable items in memory, read once after each change for all readers together. It decides nothing about rights: the caller asks the
/// snapshot whom an item addresses.
/// </summary>
public sealed class NewsBoard : IDisposable
{
    /// <summary>Characters of the text that are read, and that are shown, where there is no summary.</summary>
    private const int Beginning = 400, FirstWords = 90;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly IServiceScopeFactory _scopes;
    private readonly IChangeFeed _feed;
    private readonly FeedFollower _changes;
    private volatile BoardSnapshot? _snapshot;
    private long _wanted = 1, _read, _concerned;

    public NewsBoard(IServiceScopeFactory scopes, IChangeFeed feed)
    {
        (_scopes, _feed) = (scopes, feed);
        _changes = new FeedFollower(feed, Follow, Invalidate);
    }

    /// <summary>How often the items were read; for tests and benchmarks.</summary>
    internal long Reads { get; private set; }

    /// <summary>Whether a change of the feed may change what readers see.</summary>
    public static bool Concerns(Change change) => change is KeyChanged { Topic: NewsTopics.Items or NewsTopics.Settings };

    /// <summary>The items as they were read last; null before the first reading.</summary>
    internal BoardSnapshot? Latest => _snapshot;

    /// <summary>The items as they are now.</summary>
    public ValueTask<BoardSnapshot> CurrentAsync(CancellationToken ct = default) => CurrentAsync(0, ct);

    /// <summary>
    /// The items with at least the changes of the feed up to <paramref name="since"/>: who is told of a change may be faster than whoever wrote it
    /// and <see cref="Invalidate"/>.
    /// </summary>
    public ValueTask<BoardSnapshot> CurrentAsync(long since, CancellationToken ct = default) =>
        Known(Volatile.Read(ref _wanted), since) is { } known ? ValueTask.FromResult(known) : new ValueTask<BoardSnapshot>(ReadAsync(since, ct));

    /// <summary>The next reader reads again. Called after a commit by whoever wrote; changes by others arrive by the feed.</summary>
    public void Invalidate() => Interlocked.Increment(ref _wanted);

    public void Dispose()
    {
        _changes.Dispose();
        _reading.Dispose();
    }

    /// <summary>Notes on the feed's own thread up to which change readers need the board. Nothing is delivered.</summary>
    private bool Follow(Change change)
    {
        if (Concerns(change) || IsShownBuilding(change)) Volatile.Write(ref _concerned, change.Sequence);
        return false;
    }

    /// <summary>Many changed together where the key is 0. Before the first reading has ended, any building may be one of its.</summary>
    private bool IsShownBuilding(Change change) => change is KeyChanged { Topic: PlacesTopics.Places } place
        && (_snapshot is not { } snapshot || (place.Key == 0 ? snapshot.Buildings.Count > 0 : snapshot.Buildings.ContainsKey(place.Key)));

    private BoardSnapshot? Known(long wanted, long since) =>
        Volatile.Read(ref _read) == wanted && _snapshot is { } snapshot && snapshot.Sequence >= Math.Max(since, Volatile.Read(ref _concerned))
            ? snapshot : null;

    private async Task<BoardSnapshot> ReadAsync(long since, CancellationToken ct)
    {
        _changes.Begin();
        await _reading.WaitAsync(ct);
        try
        {
            var wanted = Volatile.Read(ref _wanted);
            if (Known(wanted, since) is { } known) return known;
            var sequence = _feed.Sequence;
            await using var scope = _scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
            var snapshot = await LoadAsync(db, sequence, ct);
            _snapshot = snapshot;
            Reads++;
            Volatile.Write(ref _read, wanted);
            return snapshot;
        }
        finally
        {
            _reading.Release();
        }
    }

    private static async Task<BoardSnapshot> LoadAsync(LogisticsDb db, long sequence, CancellationToken ct)
    {
        var rows = await db.NewsItems.AsNoTracking().Where(i => i.State == NewsState.Published || i.State == NewsState.Expired)
            .OrderByDescending(i => i.PublishedAt).ThenByDescending(i => i.Id)
            .Select(i => new
            {
                i.Id,
                i.Number,
                i.ColumnId,
                i.Kind,
                i.State,
                i.Title,
                i.TitleEn,
                i.Summary,
                i.SummaryEn,
                // Enough for the first words, which stand for a missing summary.
                Start = i.Summary == "" ? i.Body.Substring(0, Beginning) : "",
                StartEn = i.SummaryEn == "" ? i.BodyEn.Substring(0, Beginning) : "",
                i.CoverKey,
                i.Audience,
                i.IsPublic,
                i.IsUrgent,
                i.NeedsConfirmation,
                i.ConfirmBefore,
                i.PinnedUntil,
                i.PublishedAt,
                i.WasLate,
                i.ExpiresAt,
                i.Correction,
                i.CorrectionEn,
                i.CorrectedAt,
                i.Revision,
                i.Version,
                HasZh = i.Title != "" && i.Body != "",
                HasEn = i.TitleEn != "" && i.BodyEn != "",
                i.OutageKind,
                i.OutageFrom,
                i.OutageUntil,
            }).ToListAsync(ct);
        var buildings = (await db.Set<NewsOutageBuilding>().AsNoTracking().ToListAsync(ct)).ToLookup(b => b.ItemId, b => b.BuildingId);
        var columns = await db.NewsColumns.AsNoTracking().OrderBy(c => c.Order).ThenBy(c => c.Id).ToListAsync(ct);
        var concerned = db.Set<NewsOutageBuilding>();
        var names = await db.Set<Building>().AsNoTracking().Where(b => concerned.Any(c => c.BuildingId == b.Id))
            .Select(b => new { b.Id, b.Name, b.NameEn }).ToDictionaryAsync(b => b.Id, b => new LocalName(b.Name, b.NameEn), ct);
        return new BoardSnapshot(
            [.. rows.Select(i => new BoardItem(
                i.Id, i.Number, i.ColumnId, i.Kind, i.State, Either(i.Title, i.TitleEn),
                Either(Summary(i.Summary, i.Start), Summary(i.SummaryEn, i.StartEn)), i.CoverKey, i.Audience, i.IsPublic, i.IsUrgent,
                i.NeedsConfirmation || i.IsUrgent, i.ConfirmBefore, i.PinnedUntil, i.PublishedAt ?? default, i.WasLate, i.ExpiresAt,
                i.Correction is { } correction ? Either(correction, i.CorrectionEn ?? "") : null, i.CorrectedAt, i.Revision, i.Version, i.HasZh, i.HasEn)
            {
                Outage = i is { OutageKind: { } kind, OutageFrom: { } from, OutageUntil: { } until } ? new PlannedOutage(kind, from, until) : null,
                OutageBuildings = [.. buildings[i.Id]],
            })],
            await db.AudienceGroupsAsync(ct), columns)
        {
            Buildings = names,
            Sequence = sequence,
        };
    }

    private static string Summary(string written, string start) =>
        written.Length > 0 || start.Length == 0 ? written : CleanText.Summary(NewsHtml.PlainText(start).ReplaceLineEndings(" "), FirstWords);

    // LocalName shows Chinese where English is empty; a text without Chinese is shown in English to everybody.
    private static LocalName Either(string zh, string en) => new(zh.Length > 0 ? zh : en, en);
}
