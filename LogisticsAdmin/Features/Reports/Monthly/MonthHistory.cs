using System.Collections.Concurrent;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>
/// The values of past months, for comparison and for charts over thirteen months: of closed months as they were stored, of others as they
/// were read last. Shared by everybody; what a change may concern is read again when it is next asked for.
/// </summary>
public sealed class MonthHistory : IDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly OfficeTime _office;
    private readonly ConcurrentDictionary<(string Section, ReportPeriod Period), Lazy<Task<IReadOnlyDictionary<string, FigureValue>>>> _known = new();
    private readonly Subscription _changes;
    private IReadOnlyList<IReportSection>? _sections;

    public MonthHistory(IServiceScopeFactory scopes, IChangeFeed feed, OfficeTime office)
    {
        (_scopes, _office) = (scopes, office);
        // The filter runs for every change, in order; nothing is ever delivered.
        _changes = feed.Subscribe(null, change =>
        {
            Forget(change);
            return false;
        });
    }

    public void Dispose() => _changes.Dispose();

    /// <summary>The values of all figures of a section in a period that is over, or of the running one up to its last reading.</summary>
    public async Task<IReadOnlyDictionary<string, FigureValue>> ValuesAsync(string section, ReportPeriod period, CancellationToken ct)
    {
        if (period.Until > _office.Today) return await ReadAsync(section, period);
        // Known before it is read, so that a change meanwhile is not lost, and on another thread, because reading does not yield.
        var reading = _known.GetOrAdd((section, period), key => new(() => Task.Run(() => ReadAsync(key.Section, key.Period))));
        try
        {
            return await reading.Value.WaitAsync(ct);
        }
        catch (Exception) when (reading.Value.IsFaulted)
        {
            _known.TryRemove(KeyValuePair.Create((section, period), reading));
            throw;
        }
    }

    private async Task<IReadOnlyDictionary<string, FigureValue>> ReadAsync(string section, ReportPeriod period)
    {
        await using var scope = _scopes.CreateAsyncScope();
        if (period.Kind == PeriodKind.Month && await ClosedAsync(scope.ServiceProvider, period.From) is { } closed
            && closed.Sections.FirstOrDefault(s => s.Layout.Code == section) is { } stored)
        {
            return stored.Snapshot.Values;
        }
        var live = scope.ServiceProvider.GetServices<IReportSection>().Single(s => s.Code == section);
        return new SectionSnapshot(SectionLayout.Of(live), await live.ReadAsync(period, null, CancellationToken.None)).Values;
    }

    private static async Task<ReportContent?> ClosedAsync(IServiceProvider services, DateOnly month)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync();
        return await Closings.InForceAsync(db, month, default) is { } closing ? ClosedContent.Read(closing.Content.Bytes) : null;
    }

    private void Forget(Change change)
    {
        if (change is KeyChanged { Topic: ReportsTopics.Months } month)
        {
            ForgetWhere(p => p.From.DayNumber == month.Key);
            return;
        }
        foreach (var section in Sections())
        {
            if (section.ChangedBy(change) is not { } concerned) continue;
            var since = concerned.Since is { } moment ? _office.DayOf(moment) : DateOnly.MinValue;
            ForgetWhere(p => p.Until > since);
        }
    }

    private void ForgetWhere(Func<ReportPeriod, bool> which)
    {
        foreach (var key in _known.Keys)
            if (which(key.Period)) _known.TryRemove(key, out _);
    }

    /// <summary>What a change concerns does not depend on the scope that a section was made in.</summary>
    private IReadOnlyList<IReportSection> Sections()
    {
        if (_sections is { } known) return known;
        using var scope = _scopes.CreateScope();
        return _sections = [.. scope.ServiceProvider.GetServices<IReportSection>()];
    }
}
