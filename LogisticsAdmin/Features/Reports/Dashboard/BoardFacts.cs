using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>The rows of one period as the board keeps them: read once, then row by row. Used by one reader at a time.</summary>
internal sealed class BoardFacts(ReportPeriod period)
{
    private readonly Dictionary<string, Section> _sections = [];

    public ReportPeriod Period => period;

    /// <summary>What is handed out: another instance after each change.</summary>
    public BoardPeriod? Current { get; private set; }

    /// <summary>Up to which moment rows are as they would be read now, if nobody changes them.</summary>
    public DateTimeOffset CheckedAt { get; private set; }

    public async Task ReadAllAsync(IServiceProvider services, DateTimeOffset now, CancellationToken ct)
    {
        _sections.Clear();
        CheckedAt = now;
        var sections = services.GetServices<IReportSection>().ToList();
        if (period.Kind == PeriodKind.Month)
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
            if (await Closings.InForceAsync(db, period.From, ct) is { } closing)
            {
                var hidden = sections.Where(s => !s.IsOnDashboard).Select(s => s.Code).ToHashSet();
                Current = new BoardPeriod(
                    period, [.. ClosedContent.Read(closing.Content.Bytes).Sections.Where(s => !hidden.Contains(s.Layout.Code)).Select(s => s.Snapshot)], true);
                return;
            }
        }
        foreach (var section in sections.Where(s => s.IsOnDashboard).OrderBy(s => s.Order))
            _sections[section.Code] = new Section(SectionLayout.Of(section), await section.ReadAsync(period, null, ct));
        Current = new BoardPeriod(period, [.. _sections.Values.Select(s => s.Snapshot())], false);
    }

    /// <summary>Reads the rows of a section again that changes name so; those that no longer count are left out.</summary>
    public async Task ReadAsync(IReportSection section, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0 || !_sections.TryGetValue(section.Code, out var known)) return;
        known.Replace(ids, await section.ReadAsync(period, ids, ct));
        Current = Current! with
        {
            Sections = [.. Current.Sections.Select(s => s.Layout.Code == section.Code ? known.Snapshot() : s)],
        };
    }

    /// <summary>
    /// The rows of a section for which a moment has come since the last check: a limit passed, or is nearer than <paramref name="ahead"/> now.
    /// </summary>
    public IEnumerable<long> PassedBy(string section, DateTimeOffset now, TimeSpan ahead)
    {
        if (!_sections.TryGetValue(section, out var known)) return [];
        var (from, to, more) = (CheckedAt.UtcTicks, now.UtcTicks, ahead.Ticks);
        return known.Rows.Where(r => Array.Exists(r.Times, t => (t > from && t <= to) || (t > from + more && t <= to + more))).Select(r => r.ChangesAs);
    }

    public void Checked(DateTimeOffset now) => CheckedAt = now;

    private sealed class Section(SectionLayout layout, SectionFacts facts)
    {
        private readonly Dictionary<long, FactRow> _rows = facts.Rows.ToDictionary(r => r.Id);

        // The ids of the rows that are parts of a thing.
        private readonly Dictionary<long, List<long>> _parts =
            facts.Rows.Where(r => r.Thing is not null).GroupBy(r => r.Thing!.Value, r => r.Id).ToDictionary(g => g.Key, g => g.ToList());
        private readonly Dictionary<string, IReadOnlyDictionary<long, LocalName>> _names = new(facts.Names);
        private DateTimeOffset _asOf = facts.AsOf;

        public IEnumerable<FactRow> Rows => _rows.Values;

        public SectionSnapshot Snapshot() => new(layout, new SectionFacts(
            [.. _rows.Values], new Dictionary<string, IReadOnlyDictionary<long, LocalName>>(_names), _asOf));

        public void Replace(IReadOnlyCollection<long> ids, SectionFacts read)
        {
            foreach (var id in ids) Remove(id);
            foreach (var row in read.Rows)
            {
                _rows[row.Id] = row;
                if (row.Thing is not { } thing) continue;
                if (!_parts.TryGetValue(thing, out var parts)) _parts[thing] = parts = [];
                parts.Add(row.Id);
            }
            _asOf = read.AsOf;
            foreach (var (dimension, names) in read.Names)
            {
                var known = _names.GetValueOrDefault(dimension) ?? new Dictionary<long, LocalName>();
                if (names.All(n => known.TryGetValue(n.Key, out var name) && name == n.Value)) continue;
                // Handed out already, so it is never changed.
                var merged = new Dictionary<long, LocalName>(known);
                foreach (var (key, name) in names) merged[key] = name;
                _names[dimension] = merged;
            }
        }

        private void Remove(long id)
        {
            // A part may have the same id as another thing.
            if (_rows.TryGetValue(id, out var row) && row.Thing is null) _rows.Remove(id);
            if (!_parts.Remove(id, out var parts)) return;
            foreach (var part in parts) _rows.Remove(part);
        }
    }
}
