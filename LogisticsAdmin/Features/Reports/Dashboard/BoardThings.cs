using System.Collections.Concurrent;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>
/// What stands behind the few rows that dashboards name, and what residents wrote about them: read once for all open dashboards, and again when
/// a row changes.
/// </summary>
public sealed class BoardThings(IServiceScopeFactory scopes)
{
    private const int MostKept = 5_000, IdsAtOnce = 500;

    private readonly ConcurrentDictionary<(string Section, long Id), ReportedThing?> _things = new();
    private readonly ConcurrentDictionary<long, RatingWords?> _words = new();
    private int _changes;

    /// <summary>The things behind these rows, without those that are gone.</summary>
    public async Task<IReadOnlyDictionary<long, ReportedThing>> DescribeAsync(string section, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var (changes, unknown) = (_changes, ids.Where(id => !_things.ContainsKey((section, id))).ToList());
        Dictionary<long, ReportedThing> read = [];
        if (unknown.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            var source = scope.ServiceProvider.GetServices<IReportSection>().Single(s => s.Code == section);
            foreach (var some in unknown.Chunk(IdsAtOnce))
                foreach (var thing in await source.DescribeAsync(some, ct)) read[thing.Id] = thing;
            if (changes == _changes)
                foreach (var id in unknown) _things[(section, id)] = read.GetValueOrDefault(id);
        }
        Dictionary<long, ReportedThing> found = [];
        foreach (var id in ids)
            if ((read.GetValueOrDefault(id) ?? _things.GetValueOrDefault((section, id))) is { } thing) found[id] = thing;
        return found;
    }

    /// <summary>What was written when these tickets were rated, in the order of the ids; without those that were rated without a word.</summary>
    public async Task<IReadOnlyList<RatingWords>> WordsAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var (changes, unknown) = (_changes, ids.Where(id => !_words.ContainsKey(id)).ToList());
        Dictionary<long, RatingWords> read = [];
        foreach (var some in unknown.Chunk(IdsAtOnce))
            foreach (var words in await ReadWordsAsync(some, ct)) read[words.Id] = words;
        if (changes == _changes)
            foreach (var id in unknown) _words[id] = read.GetValueOrDefault(id);
        return [.. ids.Select(id => read.GetValueOrDefault(id) ?? _words.GetValueOrDefault(id)).OfType<RatingWords>()];
    }

    /// <summary>These rows changed. Readings that are under way are not kept.</summary>
    internal void Forget(string section, IEnumerable<long> ids)
    {
        Interlocked.Increment(ref _changes);
        if (_things.Count > MostKept || _words.Count > MostKept) Clear();
        foreach (var id in ids)
        {
            _things.TryRemove((section, id), out _);
            _words.TryRemove(id, out _);
        }
    }

    internal void Clear()
    {
        Interlocked.Increment(ref _changes);
        _things.Clear();
        _words.Clear();
    }

    private async Task<List<RatingWords>> ReadWordsAsync(long[] ids, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var read = await (
            from t in db.Set<RepairTicket>().AsNoTracking().IgnoreAutoIncludes()
            where ids.Contains(t.Id) && t.RatingWords != null && t.RatingWords != "" && t.Stars != null
            join b in db.Set<Building>() on t.BuildingId equals b.Id
            select new
            {
                t.Id,
                t.Number,
                t.Stars,
                t.RatingWords,
                b.Name,
                b.NameEn,
                At = db.Set<RepairEvent>().Where(e => e.TicketId == t.Id && e.Verb == RepairVerb.Rate).Max(e => (DateTimeOffset?)e.At),
                t.EndedAt,
                t.SubmittedAt,
            }).ToListAsync(ct);
        return [.. read.Select(t => new RatingWords(
            t.Id, t.Number, t.Stars!.Value, t.RatingWords!, new LocalName(t.Name, t.NameEn), t.At ?? t.EndedAt ?? t.SubmittedAt))];
    }
}
