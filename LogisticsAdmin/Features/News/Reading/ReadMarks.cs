using System.Collections.Concurrent;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// Who read what, stored for many readers together: thousands open a new item in the same minute, and each would otherwise need a write. Until
/// it is stored a reading is known here; a stop stores what is left. Only a crash loses the readings of the last second. Confirmations are
/// stored at once, elsewhere.
/// </summary>
internal sealed partial class ReadMarks(
    IServiceScopeFactory scopes, ReadingsCache cache, TimeProvider clock, ILogger<ReadMarks> log)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1), LastWrite = TimeSpan.FromSeconds(5);

    private const int Batch = 500;

    private readonly ConcurrentDictionary<(long Item, long Person), Opening> _waiting = new();
    private readonly SemaphoreSlim _storing = new(1, 1);

    /// <summary>The reader opened the item now.</summary>
    public void Add(long item, ReaderFacts reader) => _waiting[(item, reader.PersonId)] = new Opening(reader, clock.GetUtcNow());

    /// <summary>Whether the reading waits to be stored.</summary>
    public bool Has(long item, long person) => _waiting.ContainsKey((item, person));

    /// <summary>Stores what waits.</summary>
    public async Task StoreAsync(CancellationToken ct = default)
    {
        await _storing.WaitAsync(ct);
        try
        {
            // Not what comes meanwhile: somebody who opens an item again and again would keep this going.
            foreach (var batch in _waiting.ToArray().Chunk(Batch))
            {
                await StoreAsync(batch, ct);
                cache.Add(batch.Select(r => (r.Key.Item, r.Key.Person, r.Value.At)));
                foreach (var reading in batch) _waiting.TryRemove(reading);
            }
        }
        finally
        {
            _storing.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await StoreAsync(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(log, e, _waiting.Count);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_waiting.IsEmpty) return;
        // Open pages may have used up the time to stop; what was read is stored all the same.
        using var last = new CancellationTokenSource(LastWrite);
        try
        {
            await StoreAsync(last.Token);
        }
        catch (Exception e)
        {
            LogLost(log, e, _waiting.Count);
        }
    }

    private async Task StoreAsync(IReadOnlyList<KeyValuePair<(long Item, long Person), Opening>> batch, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            foreach (var readers in batch.GroupBy(r => r.Key.Item, r => r.Value))
            {
                var people = readers.Select(r => r.Reader.PersonId).ToList();
                if (await db.NewsItems.Where(i => i.Id == readers.Key).Select(i => i.Number).SingleOrDefaultAsync(token) is not { } number) continue;
                var known = await db.NewsRecipients.Where(r => r.ItemId == readers.Key && people.Contains(r.PersonId))
                    .ToDictionaryAsync(r => r.PersonId, token);
                foreach (var (reader, at) in readers)
                {
                    if (!known.TryGetValue(reader.PersonId, out var recipient))
                        db.NewsRecipients.Add(recipient = new NewsRecipient(readers.Key, reader.PersonId, reader.BuildingId, reader.ClassName));
                    recipient.Read(at);
                }
                var messages = await db.Inbox.Where(m => m.Subject == number && m.ReadAt == null && people.Contains(m.PersonId)).ToListAsync(token);
                foreach (var message in messages) message.Read(clock.GetUtcNow());
                if (messages.Count > 0) db.Announce(new MessagesReceived(messages.Select(m => m.PersonId).ToHashSet()));
                db.Announce(new KeyChanged(NewsTopics.Readings, readers.Key));
            }
        }, ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} readings could not be stored; they are tried again")]
    private static partial void LogFailed(ILogger log, Exception e, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} readings could not be stored before the app stopped and are lost")]
    private static partial void LogLost(ILogger log, Exception e, int count);

    private sealed record Opening(ReaderFacts Reader, DateTimeOffset At);
}
