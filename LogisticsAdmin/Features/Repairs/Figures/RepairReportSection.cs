using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>The repairs of a period as rows of the report: see <see cref="RepairFigures"/> for what counts them.</summary>
internal sealed class RepairReportSection(
    IDbContextFactory<LogisticsDb> databases, ServiceClockCache clocks, OfficeTime office, IStringLocalizer<FiguresText> words) : IReportSection
{
    private static readonly IReadOnlyList<FigureDefinition> Definitions = [.. RepairFigures.All.Select(f => f.Definition)];

    private static readonly IReadOnlyList<ReportDimension> AllDimensions =
    [
        Dimension("group"), Dimension("category"), Dimension("campus"), Dimension("building"), Dimension("room"), Dimension("centre"), Dimension("crew"),
        Dimension("technician", isOfPeople: true), Dimension("urgency"), Dimension("hour"), Dimension("weekday"), Dimension("reason"),
    ];

    private static readonly IReadOnlyList<ReportTime> AllTimes =
    [
        Time("submitted"), Time("responded"), Time("response-due"), Time("completed"), Time("due"), Time("ended"),
    ];

    private static readonly IReadOnlyList<ReportMeasure> AllMeasures =
    [
        Measure("response-working", FigureUnit.WorkingMinutes), Measure("response-calendar", FigureUnit.Hours),
        Measure("completion-working", FigureUnit.WorkingMinutes), Measure("completion-calendar", FigureUnit.Hours),
        Measure("office-time", FigureUnit.Hours), Measure("waiting-time", FigureUnit.Hours), Measure("stars", FigureUnit.Stars),
        Measure("nudges", FigureUnit.Times), Measure("cost", FigureUnit.Yuan), Measure("material", FigureUnit.Yuan), Measure("labour", FigureUnit.Yuan),
        Measure("labour-time", FigureUnit.Hours), Measure("points", FigureUnit.Points),
    ];

    private static readonly IReadOnlyList<ReportTableLayout> AllTables =
    [
        Table("groups", "group", "intake", "closed", "completion-in-time", "completion-median", "first-time-fix", "satisfaction", "cost"),
        Table("categories", "category", 15, "intake", "closed", "completion-in-time", "completion-median", "repeated", "cost-per-ticket"),
        Table("buildings", "building", "intake", "closed", "carried-over", "completion-in-time", "satisfaction", "cost"),
        Table("crews", "crew", "completed", "points", "completion-in-time", "completion-median", "first-time-fix", "satisfaction", "cost"),
        Table("technicians", "technician", "completed", "points", "completion-in-time", "first-time-fix", "satisfaction", "labour-time"),
        Table("rooms", "room", 10, "repeats", "intake", "cost"),
        Table("reasons", "reason", 10, "rejected"),
        Table("weekdays", "weekday", "intake"),
        Table("hours", "hour", "intake"),
    ];

    private static readonly IReadOnlyList<ReportTrend> AllTrends =
    [
        Trend("flow", ["intake"], ["closed"]), Trend("timeliness", [], ["response-in-time", "completion-in-time"]),
        Trend("quality", [], ["first-time-fix", "satisfaction"]),
    ];

    private static readonly IReadOnlyList<ReportBalance> AllBalances =
    [
        new(LocalName.Of<FiguresText>("Balance"), Full("carried-in"), [Full("intake")],
            [Full("closed"), Full("cancelled"), Full("rejected"), Full("grouped")], Full("carried-over")),
    ];

    private static readonly IReadOnlyList<string> AllKeyFigures =
    [
        Full("intake"), Full("closed"), Full("response-in-time"), Full("completion-in-time"), Full("completion-median"), Full("first-time-fix"),
        Full("satisfaction"), Full("cost-per-ticket"),
    ];

    // Reading words takes long, and lists have thousands of tickets.
    private static readonly Dictionary<TicketStatus, LocalName> States =
        Enum.GetValues<TicketStatus>().ToDictionary(s => s, s => LocalName.Of<TicketsText>($"TicketStatus.{s}"));

    public string Code => RepairFigures.Section;
    public int Order => 10;
    public LocalName Title { get; } = LocalName.Of<FiguresText>("Title");
    public IReadOnlyList<FigureDefinition> Figures => Definitions;
    public IReadOnlyList<ReportDimension> Dimensions => AllDimensions;
    public IReadOnlyList<ReportTime> Times => AllTimes;
    public IReadOnlyList<ReportMeasure> Measures => AllMeasures;
    public IReadOnlyList<ReportTableLayout> Tables => AllTables;

    public IReadOnlyList<string> KeyFigures => AllKeyFigures;
    public IReadOnlyList<ReportTrend> Trends => AllTrends;
    public IReadOnlyList<ReportBalance> Balances => AllBalances;

    public IReadOnlyList<LocalName> Summarize(ReportPeriod period, Func<string, FigureReading> reading)
    {
        var (zh, en) = (In(Languages.Chinese), In(Languages.English));
        return [.. zh.Zip(en, (z, e) => new LocalName(z, e))];

        List<string> In(string language)
        {
            var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                return [.. new RepairSummary(words, period, reading).Paragraphs()];
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
            }
        }
    }

    public async Task<SectionFacts> ReadAsync(ReportPeriod period, IReadOnlyCollection<long>? only, CancellationToken ct)
    {
        var now = office.Now;
        var (from, until) = (StartOf(period.From), StartOf(period.Until));
        // What happened at this very moment counts.
        var counted = new CountedTime(from, until <= now ? until : now.AddTicks(1));
        await using var db = await databases.CreateDbContextAsync(ct);
        if (only is null) await db.ExpectBulkLoadAsync(ct);
        // All queries see the same tickets, whatever is written meanwhile.
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        var reader = new TicketFactsReader(db, await clocks.CurrentAsync(ct), counted);
        List<FactRow> rows = [];
        await foreach (var ticket in reader.ReadAsync(only, ct))
            if (RowOf(counted, ticket) is { } row) rows.Add(row);
        return new SectionFacts(rows, await NamesAsync(db, rows, reader, ct), now);
    }

    public async Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var tickets = await (
            from t in db.Set<RepairTicket>().AsNoTracking().IgnoreAutoIncludes()
            where ids.Contains(t.Id)
            join room in db.Set<Room>() on t.RoomId equals room.Id
            join building in db.Set<Building>() on t.BuildingId equals building.Id
            select new
            {
                t.Id,
                t.Number,
                t.Description,
                t.Status,
                Zh = building.Name + " " + room.Name,
                En = building.NameEn + " " + room.NameEn,
            }).ToListAsync(ct);
        return [.. tickets.Select(t => new ReportedThing(t.Id, t.Number, CleanText.Summary(t.Description), new LocalName(t.Zh, t.En),
            States[t.Status], $"repairs/{t.Number}"))];
    }

    public async Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var asked = ids as IReadOnlySet<long> ?? ids.ToHashSet();
        var found = await db.SearchIds<RepairTicket>(typed).ToListAsync(ct);
        return found.Where(asked.Contains).ToHashSet();
    }

    public FactsChange? ChangedBy(Change change) => change switch
    {
        Changed<RepairRow> changed when (changed.After ?? changed.Before) is { } row => new FactsChange(row.Id, SinceOf(row, changed.Before)),
        ManyChanged { Row: var row } when row == typeof(RepairRow) => new FactsChange(null, null),
        // Costs are recorded before a ticket ends, and count when it has ended.
        KeyChanged { Topic: RepairCosts.Topic } cost => new FactsChange(cost.Key, office.Now),
        // Working time of the past, and the groups and points of categories.
        KeyChanged { Topic: CalendarService.Topic or ServiceLevelService.Topic } => new FactsChange(null, null),
        _ => null,
    };

    /// <summary>The rework of a ticket also counts in the month in which that ticket was closed.</summary>
    private static DateTimeOffset SinceOf(RepairRow row, RepairRow? before) =>
        row.IsRework || before is { IsRework: true } ? row.SubmittedAt - CampusRules.ReworkWithin : row.SubmittedAt;

    private FactRow? RowOf(CountedTime period, TicketFacts t)
    {
        var (counted, based) = (UInt128.Zero, UInt128.Zero);
        for (var i = 0; i < RepairFigures.All.Count; i++)
        {
            var figure = RepairFigures.All[i];
            if (figure.Base is { } isBase)
            {
                if (!isBase(period, t)) continue;
                based |= UInt128.One << i;
            }
            if (figure.Counts(period, t)) counted |= UInt128.One << i;
        }
        if (counted == 0 && based == 0) return null;
        var submitted = office.Local(t.Submitted);
        return new FactRow(t.Id, counted, based,
            [
                t.GroupId ?? t.CategoryId, t.CategoryId, t.CampusId, t.BuildingId, t.RoomId, t.CentreId, t.CrewId, t.TechnicianId, (long)t.Urgency,
                submitted.Hour, ((int)submitted.DayOfWeek + 6) % 7, t.ReasonId,
            ],
            [
                t.Submitted.UtcTicks, t.Responded?.UtcTicks, t.HasLimits ? t.ResponseDue.UtcTicks : null, t.Completed?.UtcTicks,
                t.HasLimits ? t.Due.UtcTicks : null, t.Ended?.UtcTicks,
            ],
            [
                Seconds(t.ResponseWorking), Seconds(t.ResponseWorking is null ? null : t.Responded - t.Submitted),
                Seconds(t.CompletionWorking), Seconds(t.CompletionWorking is null ? null : t.Completed - t.Submitted),
                Seconds(t.OfficeTime), Seconds(t.WaitingTime), t.Stars, t.Nudges, t.CostFen, t.MaterialFen, t.LabourFen, t.LabourMinutes * 60L, t.Points,
            ]);
    }

    /// <summary>Where clocks are set back at midnight, a day begins with the first of two.</summary>
    private DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return office.Zone.IsAmbiguousTime(midnight)
            ? new DateTimeOffset(midnight, office.Zone.GetAmbiguousTimeOffsets(midnight).Max()).ToUniversalTime() : office.At(day, TimeOnly.MinValue);
    }

    private static long? Seconds(TimeSpan? time) => time is { } length ? length.Ticks / TimeSpan.TicksPerSecond : null;

    private static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<long, LocalName>>> NamesAsync(
        LogisticsDb db, List<FactRow> rows, TicketFactsReader reader, CancellationToken ct)
    {
        var categories = await NamesOfAsync(db.Set<Category>(), ct);
        return new Dictionary<string, IReadOnlyDictionary<long, LocalName>>
        {
            ["group"] = categories,
            ["category"] = categories,
            ["campus"] = await NamesOfAsync(db.Set<Campus>(), ct),
            ["building"] = await NamesOfAsync(db.Set<Building>(), ct),
            ["room"] = await RoomsAsync(db, rows, ct),
            ["centre"] = await NamesOfAsync(db.Set<Centre>(), ct),
            ["crew"] = await NamesOfAsync(db.Set<Crew>(), ct),
            ["technician"] = await TechniciansAsync(db, rows, ct),
            ["urgency"] = Enum.GetValues<Urgency>().ToDictionary(u => (long)u, u => LocalName.Of<ServiceLevelsText>($"Urgency.{u}")),
            ["hour"] = Enumerable.Range(0, 24).ToDictionary(h => (long)h, h => new LocalName($"{h:00}:00–{h + 1:00}:00", $"{h:00}:00–{h + 1:00}:00")),
            ["weekday"] = Enumerable.Range(0, 7).ToDictionary(d => (long)d, d => LocalName.Of<FiguresText>($"DayOfWeek.{(DayOfWeek)((d + 1) % 7)}")),
            ["reason"] = reader.Reasons.ToDictionary(r => r.Key, r => new LocalName(r.Value, r.Value)),
        };
    }

    private static async Task<IReadOnlyDictionary<long, LocalName>> NamesOfAsync<T>(IQueryable<T> things, CancellationToken ct) where T : NamedEntity =>
        await things.AsNoTracking().ToDictionaryAsync(t => t.Id, t => new LocalName(t.Name, t.NameEn), ct);

    private static async Task<IReadOnlyDictionary<long, LocalName>> RoomsAsync(LogisticsDb db, List<FactRow> rows, CancellationToken ct)
    {
        Dictionary<long, LocalName> names = [];
        foreach (var ids in rows.Select(r => r.Keys[4]).OfType<long>().Distinct().Chunk(500))
        {
            var rooms = await (from r in db.Set<Room>().AsNoTracking()
                               join b in db.Set<Building>() on r.BuildingId equals b.Id
                               where ids.Contains(r.Id)
                               select new { r.Id, Zh = b.Name + " " + r.Name, En = b.NameEn + " " + r.NameEn }).ToListAsync(ct);
            foreach (var room in rooms) names[room.Id] = new LocalName(room.Zh, room.En);
        }
        return names;
    }

    private static async Task<IReadOnlyDictionary<long, LocalName>> TechniciansAsync(LogisticsDb db, List<FactRow> rows, CancellationToken ct)
    {
        Dictionary<long, LocalName> names = [];
        foreach (var ids in rows.Select(r => r.Keys[7]).OfType<long>().Distinct().Chunk(500))
        {
            var people = await db.Users.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.FullName }).ToListAsync(ct);
            foreach (var person in people) names[person.Id] = new LocalName(person.FullName, person.FullName);
        }
        return names;
    }

    private static ReportDimension Dimension(string code, bool isOfPeople = false) =>
        new(code, LocalName.Of<FiguresText>($"Dimension.{code}"), isOfPeople);

    private static ReportTime Time(string code) => new(code, LocalName.Of<FiguresText>($"Time.{code}"));

    private static ReportMeasure Measure(string code, FigureUnit unit) => new(code, LocalName.Of<FiguresText>($"Measure.{code}"), unit);

    private static ReportTableLayout Table(string code, string dimension, params string[] figures) => Table(code, dimension, null, figures);

    private static ReportTableLayout Table(string code, string dimension, int? top, params string[] figures) =>
        new(code, LocalName.Of<FiguresText>($"Table.{code}"), dimension, [.. figures.Select(Full)], top);

    private static ReportTrend Trend(string code, string[] columns, string[] lines) =>
        new(code, LocalName.Of<FiguresText>($"Trend.{code}"), [.. columns.Select(Full)], [.. lines.Select(Full)]);

    private static string Full(string figure) => $"{RepairFigures.Section}.{figure}";
}
