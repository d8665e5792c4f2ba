using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
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
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly IServiceScopeFactory _scopes;
    private readonly FeedFollower _changes;
    private volatile BoardSnapshot? _snapshot;
    private long _wanted = 1, _read;

    public NewsBoard(IServiceScopeFactory scopes, IChangeFeed feed)
    {
        _scopes = scopes;
        _changes = new FeedFollower(feed, change => change is KeyChanged { Topic: NewsTopics.Items or NewsTopics.Settings } or ManyChanged, Invalidate);
    }

    /// <summary>How often the items were read; for tests and benchmarks.</summary>
    internal long Reads { get; private set; }

    /// <summary>The items as they are now.</summary>
    public ValueTask<BoardSnapshot> CurrentAsync(CancellationToken ct = default) =>
        Known(Volatile.Read(ref _wanted)) is { } known ? ValueTask.FromResult(known) : new ValueTask<BoardSnapshot>(ReadAsync(ct));

    /// <summary>The next reader reads again. Called after a commit by whoever wrote; changes by others arrive by the feed.</summary>
    public void Invalidate() => Interlocked.Increment(ref _wanted);

    public void Dispose()
    {
        _changes.Dispose();
        _reading.Dispose();
    }

    private BoardSnapshot? Known(long wanted) => Volatile.Read(ref _read) == wanted ? _snapshot : null;

    private async Task<BoardSnapshot> ReadAsync(CancellationToken ct)
    {
        _changes.Begin();
        await _reading.WaitAsync(ct);
        try
        {
            var wanted = Volatile.Read(ref _wanted);
            if (Known(wanted) is { } known) return known;
            await using var scope = _scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
            var snapshot = await LoadAsync(db, ct);
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

    private static async Task<BoardSnapshot> LoadAsync(LogisticsDb db, CancellationToken ct)
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
        return new BoardSnapshot(
            [.. rows.Select(i => new BoardItem(
                i.Id, i.Number, i.ColumnId, i.Kind, i.State, Either(i.Title, i.TitleEn), Either(i.Summary, i.SummaryEn), i.CoverKey, i.Audience, i.IsPublic,
                i.IsUrgent, i.NeedsConfirmation || i.IsUrgent, i.ConfirmBefore, i.PinnedUntil, i.PublishedAt ?? default, i.WasLate, i.ExpiresAt,
                i.Correction is { } correction ? Either(correction, i.CorrectionEn ?? "") : null, i.CorrectedAt, i.Revision, i.Version, i.HasZh, i.HasEn)
            {
                Outage = i is { OutageKind: { } kind, OutageFrom: { } from, OutageUntil: { } until } ? new PlannedOutage(kind, from, until) : null,
                OutageBuildings = [.. buildings[i.Id]],
            })],
            await db.AudienceGroupsAsync(ct), columns);
    }

    // LocalName shows Chinese where English is empty; a text without Chinese is shown in English to everybody.
    private static LocalName Either(string zh, string en) => new(zh.Length > 0 ? zh : en, en);
}
