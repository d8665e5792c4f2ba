using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// Who has read and confirmed what, read once for each person and kept up to date by the two places that write it, so that lists and banners
/// need no query.
/// </summary>
internal sealed class ReadingsCache(IServiceScopeFactory scopes) : IDisposable
{
    private const long MaximumMarks = 4_000_000;
    private const int Attempts = 3;
    private static readonly TimeSpan Unused = TimeSpan.FromHours(1);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaximumMarks });
    private readonly Lock _lock = new();
    private long _stored;

    public async ValueTask<Readings> OfAsync(long person, CancellationToken ct = default)
    {
        if (_known.TryGetValue(person, out Readings? known) && known is not null) return known;
        for (var attempt = 1; ; attempt++)
        {
            var before = Volatile.Read(ref _stored);
            var read = await LoadAsync(person, ct);
            lock (_lock)
            {
                // What was read before a reading was stored must not be kept after it.
                if (before == _stored) Keep(person, read);
                else if (attempt < Attempts) continue;
            }
            return read;
        }
    }

    /// <summary>These readings, of these moments, are stored. Called after the commit.</summary>
    public void Add(IEnumerable<(long Item, long Person, DateTimeOffset At)> readings, bool isConfirmed = false)
    {
        lock (_lock)
        {
            _stored++;
            foreach (var (item, person, at) in readings)
                if (_known.TryGetValue(person, out Readings? known) && known is not null) Keep(person, known.With(item, at, isConfirmed));
        }
    }

    public void Dispose() => _known.Dispose();

    private void Keep(long person, Readings readings) => _known.Set(person, readings, new MemoryCacheEntryOptions
    {
        Size = readings.Read.Count + readings.Confirmed.Count + 10,
        SlidingExpiration = Unused,
    });

    private async Task<Readings> LoadAsync(long person, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var rows = await db.NewsRecipients.AsNoTracking().Where(r => r.PersonId == person && r.ReadAt != null)
            .Select(r => new { r.ItemId, r.ReadAt, IsConfirmed = r.ConfirmedAt != null }).ToListAsync(ct);
        return new Readings(
            rows.ToDictionary(r => r.ItemId, r => r.ReadAt ?? default), rows.Where(r => r.IsConfirmed).Select(r => r.ItemId).ToHashSet());
    }
}
