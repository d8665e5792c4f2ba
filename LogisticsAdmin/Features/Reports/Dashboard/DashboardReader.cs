using System.Globalization;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>
/// Computes what the dashboard shows from the rows of a snapshot, through a filter and for a reader. All values come from
/// <see cref="FigureCalculator"/>, as those of the report do.
/// </summary>
internal sealed class DashboardReader(BoardSnapshot snapshot, DashboardFilter filter, BoardPeriod chosen, BoardPeriod now, Actor reader)
{
    private static readonly IReadOnlyDictionary<string, FigureValue> Nothing = new Dictionary<string, FigureValue>();

    private readonly FactFilter _facts = filter.Facts;

    /// <summary>Without those that have no crews or campuses while one is chosen: their values would be those of the whole office.</summary>
    private readonly List<SectionSnapshot> _sections = SectionsWith(filter.Facts, chosen);

    /// <summary>The section of the figures about now; null where nobody registered it.</summary>
    public SectionSnapshot? SectionOfNow => Section(now, DashboardFigures.Open);

    public IReadOnlyList<KeyValuePair<long, LocalName>> Campuses() =>
        [.. (SectionOfNow?.Facts.Names.GetValueOrDefault(DashboardFigures.Campus) ?? new Dictionary<long, LocalName>()).OrderBy(c => c.Key)];

    public IReadOnlyList<NowTile> Now()
    {
        if (SectionOfNow is not { } section) return [];
        return [.. DashboardFigures.Now.Where(c => section.Layout.PlaceOf(c) >= 0).Select(code => new NowTile(
            section.Layout.Figure(code), section.Value(code, _facts), code == DashboardFigures.Open ? SinceYesterday(section) : null,
            MomentOf(section, code), PartsOf(section, code), AddressOf(now.Period, code)))];
    }

    public IReadOnlyList<KeyTile> Keys() =>
    [
        .. from section in _sections
           from code in section.Layout.KeyFigures
           let figure = section.Layout.Figure(code)
           let value = section.Value(code, _facts)
           let target = TargetOf(code)
           select new KeyTile(figure, new FigureReading(value.Value, value.Counted, value.Base, null, null, target), TodayOf(code),
               MissingOf(figure, value, target), [.. BesideOf(section, code)], [], AddressOf(chosen.Period, code),
               section.Layout.PlaceOf(DashboardFigures.Open) >= 0),
    ];

    public IReadOnlyList<CrewLoad> Crews()
    {
        if (SectionOfNow is not { } section) return [];
        return
        [
            .. from crew in snapshot.Crews
               where filter.CrewId is null || filter.CrewId == crew.Id
               let rows = filter with { CrewId = crew.Id }
               let parts = PartsOf(section, DashboardFigures.Open, rows.Facts)
               select new CrewLoad(crew, parts.InHand, parts.ToVerify, section.Value(DashboardFigures.Overdue, rows.Facts).Counted,
                   AddressOf(now.Period, DashboardFigures.Open, rows)),
        ];
    }

    /// <summary>The open rows that the filter lets through.</summary>
    public IReadOnlyList<FactRow> OpenRows() =>
        SectionOfNow is { } section ? [.. section.Rows(DashboardFigures.Open, FigurePart.Counted, _facts)] : [];

    public long SubmittedOf(FactRow row) => TimeOf(SectionOfNow!, row, DashboardFigures.Submitted) ?? 0;

    public long NudgesOf(FactRow row) => SectionOfNow!.Layout.PlaceOfMeasure(DashboardFigures.Nudges) is >= 0 and var place ? row.Measures[place] ?? 0 : 0;

    public OpenTicket TicketOf(FactRow row, ReportedThing thing) => new(thing, new DateTimeOffset(SubmittedOf(row), TimeSpan.Zero),
        row.IsCounted(SectionOfNow!.Layout.PlaceOf(DashboardFigures.Overdue)), (int)NudgesOf(row), NameOf(row, DashboardFigures.Crew),
        NameOf(row, DashboardFigures.Technician));

    /// <summary>The tickets of the period that were rated by their reporters, the last one first.</summary>
    public IEnumerable<long> Ratings() => Section(chosen, DashboardFigures.Rated) is { } section
        ? section.Rows(DashboardFigures.Rated, FigurePart.Counted, _facts).OrderByDescending(r => TimeOf(section, r, DashboardFigures.Ended)).Select(r => r.Id)
        : [];

    /// <summary>Repeated faults by room, cost by group of faults; for managers also the work of each technician.</summary>
    public IReadOnlyList<DashboardTable> Tables(int lines)
    {
        List<DashboardTable> tables = [];
        foreach (var section in _sections)
        {
            Add(section, DashboardFigures.Room, DashboardFigures.Repeats);
            Add(section, DashboardFigures.Group, DashboardFigures.Cost);
            foreach (var people in section.Layout.Dimensions.Where(d => d.IsOfPeople && reader.MaySeePeoplesScores())) Add(section, people.Code, null);
        }
        return tables;

        void Add(SectionSnapshot section, string dimension, string? sort)
        {
            if (section.Layout.Tables.FirstOrDefault(t => t.Dimension == dimension && (sort is null || t.Figures.Contains(sort))) is not { } table) return;
            var column = sort is null ? 0 : table.Figures.ToList().IndexOf(sort);
            var found = section.Lines(table with { Top = null }, _facts)
                .Where(l => l.Key is not null && (l.Values[column].Counted > 0 || sort is null))
                .OrderByDescending(l => l.Values[column].Value).ThenBy(l => l.Key).Take(lines).ToList();
            tables.Add(new DashboardTable(table, section.Layout, $"{section.Layout.Code}-{table.Code}",
                [.. found.Select(l => (l, LineAddress(table.Figures[column], dimension, l.Key)))]));
        }
    }

    /// <summary>The sections as the report's charts take them; the running month is their only month so far.</summary>
    public IReadOnlyList<ReportedSection> Sections()
    {
        var month = ReportPeriod.MonthOf(snapshot.Today);
        var running = snapshot.Periods.GetValueOrDefault(month);
        return
        [
            .. _sections.Select(s =>
            {
                var layout = s.Layout;
                var live = running?.Sections.FirstOrDefault(r => r.Layout.Code == layout.Code);
                var shown = layout.KeyFigures.Concat(layout.Trends.SelectMany(t => t.Columns.Concat(t.Lines))).Distinct();
                IReadOnlyDictionary<string, FigureValue> values =
                    live is null ? Nothing : shown.Where(c => live.Layout.PlaceOf(c) >= 0).ToDictionary(c => c, c => live.Value(c, _facts));
                var readings = layout.Trends.SelectMany(t => t.Lines).Distinct()
                    .ToDictionary(c => c, c => new FigureReading(null, 0, 0, null, null, TargetOf(c)));
                return new ReportedSection(s, readings, [], [new MonthValues(month, values)]);
            }),
        ];
    }

    /// <summary>How many more are open than a day ago: who was submitted before that moment, and had not ended by then.</summary>
    private int? SinceYesterday(SectionSnapshot section)
    {
        var yesterday = ReportPeriod.DayOf(snapshot.Today.AddDays(-1));
        if (!snapshot.Periods.TryGetValue(yesterday, out var before) || Section(before, DashboardFigures.Open) is not { } then) return null;
        var moment = (snapshot.AsOf - TimeSpan.FromDays(1)).UtcTicks;
        var wasOpen = then.Facts.Rows.Where(_facts.For(then.Layout)).Count(r =>
            TimeOf(then, r, DashboardFigures.Submitted) <= moment && !(TimeOf(then, r, DashboardFigures.Ended) <= moment));
        return section.Value(DashboardFigures.Open, _facts).Counted - wasOpen;
    }

    private DateTimeOffset? MomentOf(SectionSnapshot section, string code)
    {
        if (code is not (DashboardFigures.Overdue or DashboardFigures.DueSoon)) return null;
        return section.Rows(code, FigurePart.Counted, _facts).Min(r => TimeOf(section, r, DashboardFigures.Due)) is { } first
            ? new DateTimeOffset(first, TimeSpan.Zero) : null;
    }

    private NowParts PartsOf(SectionSnapshot section, string code, FactFilter? facts = null)
    {
        var crew = section.Layout.PlaceOfDimension(DashboardFigures.Crew);
        var (unassigned, inHand, toVerify) = (0, 0, 0);
        foreach (var row in section.Rows(code, FigurePart.Counted, facts ?? _facts))
        {
            if (TimeOf(section, row, DashboardFigures.Completed) is not null) toVerify++;
            else if (crew >= 0 && row.Keys[crew] is null) unassigned++;
            else inHand++;
        }
        return new NowParts(unassigned, inHand, toVerify);
    }

    private FigureValue? TodayOf(string code) => chosen.Period.Kind != PeriodKind.Day && chosen.Period.Until > snapshot.Today
        && Section(now, code) is { } section ? section.Value(code, _facts) : null;

    private IEnumerable<BesideFigure> BesideOf(SectionSnapshot section, string code)
    {
        foreach (var beside in DashboardFigures.Beside.GetValueOrDefault(code) ?? [])
        {
            if (section.Layout.Find(beside) is { } figure)
                yield return new BesideFigure(figure, section.Value(beside, _facts), AddressOf(chosen.Period, beside));
        }
    }

    /// <summary>A crew's own target, else that of its centre, else the office's.</summary>
    private decimal? TargetOf(string figure)
    {
        var office = snapshot.Targets.Of(figure, chosen.Period);
        if (filter.CrewId is not { } crew) return office;
        var centre = snapshot.Crews.FirstOrDefault(c => c.Id == crew)?.CentreId;
        return snapshot.Targets.Of(figure, chosen.Period, TargetScope.Crew, crew)
            ?? (centre is { } id ? snapshot.Targets.Of(figure, chosen.Period, TargetScope.Centre, id) : null) ?? office;
    }

    private static int? MissingOf(FigureDefinition figure, FigureValue value, decimal? target) =>
        figure.Form == FigureForm.Share && figure.Better == FigureDirection.HigherIsBetter && target is { } share && value.Value < share
            ? (int)Math.Ceiling(share * value.Base) - value.Counted : null;

    /// <summary>The rows behind a figure: for managers the list of the report, for dispatchers a view of the desk where one shows the same.</summary>
    private string? AddressOf(ReportPeriod period, string figure, DashboardFilter? rows = null)
    {
        var by = rows ?? filter;
        if (reader.MayReadReports()) return ReportAddresses.Figure(period, figure, filter: by.Facts);
        if (period != now.Period || SectionOfNow is not { } section) return null;
        return figure switch
        {
            DashboardFigures.Overdue => DeskAddress("Overdue", by),
            // The desk has a view of those that wait for acceptance only.
            DashboardFigures.Waiting when PartsOf(section, figure, by.Facts) is { Unassigned: 0, InHand: 0 } => DeskAddress("ToVerify", by),
            _ => null,
        };
    }

    private string? LineAddress(string figure, string dimension, long? key) => reader.MayReadReports()
        ? ReportAddresses.Figure(chosen.Period, figure, filter: _facts.And(dimension, key)) : null;

    private static string DeskAddress(string view, DashboardFilter by) => $"repairs?view={view}"
        + (by.CampusId is { } campus ? string.Create(CultureInfo.InvariantCulture, $"&campus={campus}") : "")
        + (by.CrewId is { } crew ? string.Create(CultureInfo.InvariantCulture, $"&crew={crew}") : "");

    private LocalName? NameOf(FactRow row, string dimension)
    {
        var section = SectionOfNow!;
        var place = section.Layout.PlaceOfDimension(dimension);
        return place >= 0 && row.Keys[place] is { } key ? section.Facts.Names.GetValueOrDefault(dimension)?.GetValueOrDefault(key) : null;
    }

    private static long? TimeOf(SectionSnapshot section, FactRow row, string code)
    {
        for (var i = 0; i < section.Layout.Times.Count; i++)
            if (section.Layout.Times[i].Code == code) return row.Times[i];
        return null;
    }

    private static List<SectionSnapshot> SectionsWith(FactFilter facts, BoardPeriod period) =>
        [.. period.Sections.Where(s => facts.Keys.All(k => s.Layout.PlaceOfDimension(k.Dimension) >= 0))];

    private static SectionSnapshot? Section(BoardPeriod period, string figure) => period.Sections.FirstOrDefault(s => s.Layout.PlaceOf(figure) >= 0);
}
