using System.Collections.Concurrent;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Filtered = System.Collections.Generic.IReadOnlyDictionary<string,
    System.Collections.Generic.IReadOnlyDictionary<string, LogisticsAdmin.Features.Reports.Figures.FigureValue>>;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>
/// The values of past periods for the dashboard: of the whole office from <see cref="MonthHistory"/>, of each campus and crew from the rows of
/// the period, which are read once for all of them. Closed months answer as they were closed.
/// </summary>
public sealed class DashboardHistory : IDisposable
{
    private static readonly IReadOnlyDictionary<string, FigureValue> Nothing = new Dictionary<string, FigureValue>();

    private readonly ConcurrentDictionary<(string Section, ReportPeriod Period), Task<Filtered>> _known = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly MonthHistory _months;
    private readonly OfficeTime _office;
    private readonly Subscription _changes;
    private IReadOnlyList<IReportSection>? _sections;

    public DashboardHistory(IServiceScopeFactory scopes, IChangeFeed feed, MonthHistory months, OfficeTime office)
    {
        (_scopes, _months, _office) = (scopes, months, office);
        // The filter runs for every change, in order; nothing is ever delivered.
        _changes = feed.Subscribe(null, change =>
        {
            Forget(change);
            return false;
        });
    }

    public void Dispose() => _changes.Dispose();

    /// <summary>The values of a section's key figures and trends in a period that is over; of nothing at all, no values.</summary>
    public async Task<IReadOnlyDictionary<string, FigureValue>> ValuesAsync(
        string section, ReportPeriod period, DashboardFilter filter, CancellationToken ct)
    {
        if (filter is { CampusId: null, CrewId: null }) return await _months.ValuesAsync(section, period, ct);
        var reading = _known.GetOrAdd((section, period), key => ReadAsync(key.Section, key.Period));
        try
        {
            return (await reading.WaitAsync(ct)).GetValueOrDefault(KeyOf(filter.CampusId, filter.CrewId)) ?? Nothing;
        }
        catch (Exception) when (reading.IsFaulted)
        {
            _known.TryRemove(KeyValuePair.Create((section, period), reading));
            throw;
        }
    }

    private async Task<Filtered> ReadAsync(string section, ReportPeriod period)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var facts = new BoardFacts(period);
        await facts.ReadAllAsync(scope.ServiceProvider, _office.Now, CancellationToken.None);
        var snapshot = facts.Current!.Sections.First(s => s.Layout.Code == section);
        var layout = snapshot.Layout;
        List<FigureDefinition> figures =
        [
            .. layout.KeyFigures.Concat(layout.Trends.SelectMany(t => t.Columns.Concat(t.Lines))).Distinct().Select(layout.Figure),
        ];
        var (campus, crew) = (layout.PlaceOfDimension(DashboardFigures.Campus), layout.PlaceOfDimension(DashboardFigures.Crew));
        if (campus < 0 || crew < 0) return new Dictionary<string, IReadOnlyDictionary<string, FigureValue>>();
        Dictionary<string, IReadOnlyDictionary<string, FigureValue>> values = [];
        foreach (var group in snapshot.Facts.Rows.Where(r => r.Keys[campus] is not null).GroupBy(r => r.Keys[campus]))
        {
            values[KeyOf(group.Key, null)] = Of(group);
            foreach (var both in group.Where(r => r.Keys[crew] is not null).GroupBy(r => r.Keys[crew])) values[KeyOf(group.Key, both.Key)] = Of(both);
        }
        foreach (var group in snapshot.Facts.Rows.Where(r => r.Keys[crew] is not null).GroupBy(r => r.Keys[crew]))
            values[KeyOf(null, group.Key)] = Of(group);
        return values;

        Dictionary<string, FigureValue> Of(IEnumerable<FactRow> rows) => FigureCalculator.Compute(layout, figures, rows).ToDictionary(v => v.Code);
    }

    private static string KeyOf(long? campus, long? crew) => $"{campus}|{crew}";

    private void Forget(Change change)
    {
        if (_known.IsEmpty) return;
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

    private IReadOnlyList<IReportSection> Sections()
    {
        if (_sections is { } known) return known;
        using var scope = _scopes.CreateScope();
        return _sections = [.. scope.ServiceProvider.GetServices<IReportSection>().Where(s => s.IsOnDashboard)];
    }
}
