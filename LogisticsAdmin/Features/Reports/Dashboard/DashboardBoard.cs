using System.Threading.Channels;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>
/// Keeps the rows of today and this month for all open dashboards together: reads the few that a change concerns, at most once a second, looks
/// at the clock every minute, and hands one snapshot to everybody. It works only while a dashboard is open, and never inside a write.
/// </summary>
public sealed partial class DashboardBoard(
    IServiceScopeFactory scopes, IChangeFeed feed, OfficeTime office, TimeProvider clock, BoardThings things, IOptions<LiveOptions> live,
    ILogger<DashboardBoard> log) : IAsyncDisposable, IDisposable
{
    /// <summary>How far ahead of a limit its ticket is due soon, as the figures count it.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(2);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1), AfterFailure = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly List<BoardWatch> _watches = [];
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<ReportPeriod, BoardFacts> _facts = [];
    private IReadOnlyList<BoardCrew> _crews = [];
    private TargetBook? _targets;
    private IReadOnlyList<IReportSection>? _concerned;
    private CancellationTokenSource? _running;
    private Task _work = Task.CompletedTask;
    private BoardSnapshot? _latest;

    /// <summary>How many snapshots were made; for tests and benchmarks.</summary>
    internal long Published { get; private set; }

    internal int Watches
    {
        get
        {
            lock (_lock) return _watches.Count;
        }
    }

    /// <summary>Begins to follow the board. Asks for no right. The first snapshot may come at once, or after everything was read.</summary>
    internal BoardWatch Watch(ReportPeriod period)
    {
        var watch = new BoardWatch(this, period);
        lock (_lock)
        {
            _watches.Add(watch);
            if (_running is null)
            {
                _running = new CancellationTokenSource();
                var (before, token) = (_work, _running.Token);
                _work = Task.Run(() => RunAsync(before, token), CancellationToken.None);
            }
            else if (_latest is { } known)
            {
                watch.Offer(known);
            }
        }
        Wake();
        return watch;
    }

    internal void Wake() => _woken.Writer.TryWrite(true);

    internal void Leave(BoardWatch watch)
    {
        lock (_lock)
        {
            if (!_watches.Remove(watch) || _watches.Count > 0 || _running is not { } running) return;
            _running = null;
            running.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_lock) _running?.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _work;
    }

    // One loop at a time owns the rows: the next one begins when the one before it has ended.
    private async Task RunAsync(Task before, CancellationToken ct)
    {
        await before;
        _facts.Clear();
        things.Clear();
        (_targets, _latest) = (null, null);
        try
        {
            // A subscription ends only when its filter fails; then everything is read again.
            while (!ct.IsCancellationRequested) await FollowAsync(ct);
        }
        // Nobody looks any more, or the app ends and its services are gone: whatever failed concerns nobody.
        catch (Exception) when (ct.IsCancellationRequested) { }
        finally
        {
            // What nobody looks at is not kept.
            _facts.Clear();
            things.Clear();
            _latest = null;
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        var time = live.Value.Clock;
        using var subscription = feed.Subscribe(null, Concerns);
        var next = subscription.NextAsync(ct);
        var pending = new BoardChanges { All = true };
        while (true)
        {
            var began = time.GetTimestamp();
            var failed = !await TryApplyAsync(pending, ct);
            pending = new BoardChanges { All = failed };
            Publish(failed);
            var published = time.GetTimestamp();
            if (failed) await Task.Delay(AfterFailure, time, ct);
            if (await WaitAsync(next, ct)) await RestAsync(time.GetElapsedTime(began, published), published, ct);
            if (!next.IsCompleted) continue;
            if (await next is not { } delivery) return;
            pending.Add(delivery, Sections());
            next = subscription.NextAsync(ct);
        }
    }

    /// <summary>Waits for a change, a full minute or another period; true for a change, which others may follow within the same second.</summary>
    private async Task<bool> WaitAsync(Task<Delivery?> next, CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var woken = _woken.Reader.ReadAsync(waiting.Token).AsTask();
        var minute = Task.Delay(Minute - TimeSpan.FromTicks(office.Now.UtcTicks % Minute.Ticks), clock, waiting.Token);
        var first = await Task.WhenAny(next, woken, minute);
        await waiting.CancelAsync();
        // A period that was asked for just now must not be lost with the wait for it.
        if (first != woken && woken.IsCompletedSuccessfully) Wake();
        ct.ThrowIfCancellationRequested();
        return first == next;
    }

    /// <summary>Changes are gathered for a second since the last snapshot, or for twice the time that it took.</summary>
    private async Task RestAsync(TimeSpan took, long published, CancellationToken ct)
    {
        var rest = (took * 2 > Pace ? took * 2 : Pace) - live.Value.Clock.GetElapsedTime(published);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, live.Value.Clock, ct);
    }

    private async Task<bool> TryApplyAsync(BoardChanges changes, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            await ApplyAsync(scope.ServiceProvider, changes, ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    private async Task ApplyAsync(IServiceProvider services, BoardChanges changes, CancellationToken ct)
    {
        var now = office.Now;
        var today = office.DayOf(now);
        // What was ordered ahead for this day counts from its beginning on.
        var isNewDay = _latest is { } latest && latest.Today != today;
        HashSet<ReportPeriod> wanted = [ReportPeriod.DayOf(today), ReportPeriod.DayOf(today.AddDays(-1)), ReportPeriod.MonthOf(today)];
        lock (_lock) wanted.UnionWith(_watches.Select(w => w.Period));
        foreach (var period in _facts.Keys.Where(p => !wanted.Contains(p)).ToList()) _facts.Remove(period);
        var sections = services.GetServices<IReportSection>().Where(s => s.IsOnDashboard).ToList();
        if (changes.All) things.Clear();
        foreach (var section in sections) things.Forget(section.Code, changes.IdsOf(section.Code));
        foreach (var period in wanted)
        {
            var isRead = _facts.TryGetValue(period, out var facts);
            if (!isRead) facts = new BoardFacts(period);
            var end = office.At(period.Until, TimeOnly.MinValue);
            // A period that has ended since is counted to its end, not to now.
            var hasEnded = isRead && facts!.CheckedAt < end && end <= now;
            if (!isRead || hasEnded || (isNewDay && now < end) || changes.All || changes.Months.Contains(period.From.DayNumber))
            {
                await facts!.ReadAllAsync(services, now, ct);
            }
            else if (!facts!.Current!.IsClosed)
            {
                foreach (var section in sections)
                {
                    var ids = changes.IdsOf(section.Code, end).ToHashSet();
                    if (now < end) ids.UnionWith(facts.PassedBy(section.Code, now, Ahead));
                    await facts.ReadAsync(section, ids, ct);
                }
                facts.Checked(now);
            }
            _facts[period] = facts;
        }
        await using var db = await services.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        if (_targets is null || changes.All || changes.Targets) _targets = await TargetBook.ReadAsync(db, ct);
        if (_latest?.Today != today || changes.All || changes.Crews) _crews = await CrewsAsync(db, today, ct);
        _latest = new BoardSnapshot(now, today, _facts.ToDictionary(f => f.Key, f => f.Value.Current!), _crews, _targets, false);
    }

    private void Publish(bool failed)
    {
        lock (_lock)
        {
            if (failed) _latest = (_latest ?? Empty()) with { HasFailed = true };
            Published++;
            foreach (var watch in _watches) watch.Offer(_latest!);
        }
    }

    private BoardSnapshot Empty() => new(office.Now, office.Today, new Dictionary<ReportPeriod, BoardPeriod>(), [], TargetBook.Empty, true);

    private static async Task<IReadOnlyList<BoardCrew>> CrewsAsync(LogisticsDb db, DateOnly today, CancellationToken ct)
    {
        var crews = await db.Set<Crew>().AsNoTracking().Living().OrderBy(c => c.Id)
            .Select(c => new { c.Id, Name = new LocalName(c.Name, c.NameEn), c.CentreId, c.Capacity }).ToListAsync(ct);
        var technicians = (await (
            from p in db.Users.AsNoTracking()
            where p.CrewId != null && p.RetiredAt == null
                && db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician)
            select new { p.Id, p.FullName, CrewId = p.CrewId!.Value }).ToListAsync(ct)).ToLookup(p => p.CrewId);
        var absent = (await db.Set<Absence>().AsNoTracking().Where(a => a.CancelledAt == null && a.From <= today && a.To >= today)
            .Select(a => new { a.PersonId, a.Reason, a.To }).ToListAsync(ct)).ToLookup(a => a.PersonId);
        return [.. crews.Select(c => new BoardCrew(c.Id, c.Name, c.CentreId, c.Capacity, technicians[c.Id].Count(),
            [.. technicians[c.Id].Where(p => absent[p.Id].Any()).OrderBy(p => p.FullName, StringComparer.Ordinal)
                .Select(p => new BoardAbsence(p.FullName, absent[p.Id].First().Reason, absent[p.Id].Max(a => a.To)))]))];
    }

    private bool Concerns(Change change) => BoardChanges.IsBeside(change) || Sections().Any(s => s.ChangedBy(change) is not null);

    /// <summary>What a change concerns does not depend on the scope that a section was made in.</summary>
    private IReadOnlyList<IReportSection> Sections()
    {
        if (_concerned is { } known) return known;
        using var scope = scopes.CreateScope();
        return _concerned = [.. scope.ServiceProvider.GetServices<IReportSection>().Where(s => s.IsOnDashboard)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The dashboard could not be read; it is tried again")]
    private partial void LogFailed(Exception e);
}
