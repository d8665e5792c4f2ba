using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Voice.Figures;

/// <summary>Cases of a period, and how many people live in each building, as rows of the report: see <see cref="VoiceFigures"/> for what counts them.</summary>
internal sealed class VoiceReportSection(IDbContextFactory<LogisticsDb> databases, OfficeTime office, IStringLocalizer<VoiceFiguresText> words)
    : IReportSection
{
    private const int Step = 500, Fine = 10_000;

    private static readonly IReadOnlyList<FigureDefinition> Definitions = [.. VoiceFigures.All.Select(f => f.Definition)];

    private static readonly IReadOnlyList<ReportDimension> AllDimensions = [Dimension("kind"), Dimension("centre"), Dimension("building")];

    private static readonly IReadOnlyList<ReportTime> AllTimes =
        [Time("sent"), Time("answered"), Time("settled"), Time("ended"), Time("rated"), Time("appealed")];

    private static readonly IReadOnlyList<ReportMeasure> AllMeasures =
        [Measure("answer-time", FigureUnit.Hours), Measure("complaints", FigureUnit.Pieces), Measure("residents", FigureUnit.People)];

    private static readonly IReadOnlyList<ReportTableLayout> AllTables =
    [
        Table("kinds", "kind", "received", "response-rate", "settled-in-time", "solved-rate", "satisfied-rate"),
        Table("centres", "centre", "received", "complaints", "response-rate", "solved-rate", "satisfied-rate"),
        Table("buildings", "building", "received", "complaints", "per-thousand", "response-rate", "solved-rate", "satisfied-rate"),
    ];

    private static readonly Dictionary<long, LocalName> Kinds =
        Enum.GetValues<VoiceKind>().ToDictionary(k => (long)k, k => LocalName.Of<VoiceText>($"VoiceKind.{k}"));

    private static readonly Dictionary<VoiceState, LocalName> States =
        Enum.GetValues<VoiceState>().ToDictionary(s => s, s => LocalName.Of<VoiceText>($"VoiceState.{s}"));

    private static readonly LocalName NoPlace = new("", "");
    private static readonly LocalName Housed = LocalName.Of<VoiceFiguresText>("Residents");

    public string Code => VoiceFigures.Section;
    public int Order => 30;
    public LocalName Title { get; } = LocalName.Of<VoiceFiguresText>("Title");
    public IReadOnlyList<FigureDefinition> Figures => Definitions;
    public IReadOnlyList<ReportDimension> Dimensions => AllDimensions;
    public IReadOnlyList<ReportTime> Times => AllTimes;
    public IReadOnlyList<ReportMeasure> Measures => AllMeasures;
    public IReadOnlyList<ReportTableLayout> Tables => AllTables;
    public IReadOnlyList<string> KeyFigures { get; } = [.. new[] { "received", "response-rate", "solved-rate", "satisfied-rate" }.Select(VoiceFigures.Full)];
    public IReadOnlyList<ReportTrend> Trends => [];
    public IReadOnlyList<ReportBalance> Balances => [];

    /// <summary>Cases belong to no campus, and often to no crew, by which the dashboard is filtered.</summary>
    public bool IsOnDashboard => false;

    public IReadOnlyList<LocalName> Summarize(ReportPeriod period, Func<string, FigureReading> reading)
    {
        return [new LocalName(In(Languages.Chinese), In(Languages.English))];

        string In(string language)
        {
            var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                return Sentence(code => reading(VoiceFigures.Full(code)));
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
        var (from, end) = (office.At(period.From, TimeOnly.MinValue), office.At(period.Until, TimeOnly.MinValue));
        // What happened at this very moment counts.
        var until = end <= now ? end : now.AddTicks(1);
        await using var db = await databases.CreateDbContextAsync(ct);
        var chosen = db.VoiceCases.AsNoTracking().Where(c => (c.SubmittedAt >= from && c.SubmittedAt < until)
            || (c.FirstAnsweredAt >= from && c.FirstAnsweredAt < until) || (c.SettledAt >= from && c.SettledAt < until)
            || (c.EndedAt >= from && c.EndedAt < until) || (c.RatedAt >= from && c.RatedAt < until)
            || (c.AppealedAt >= from && c.AppealedAt < until));
        var cases = await chosen.OrderBy(c => c.Id).ToListAsync(ct);
        var late = await LateAsync(db, chosen, ct);
        var facts = cases.Select(c => FactOf(c, late.Contains(c.Id), from, until, now)).Concat(cases.Count == 0 ? [] : await ResidentsAsync(db, until, ct));
        var asked = only as IReadOnlySet<long> ?? only?.ToHashSet();
        List<FactRow> rows = [];
        foreach (var fact in facts)
            if ((asked?.Contains(fact.RowId) ?? true) && RowOf(fact) is { } row) rows.Add(row);
        return new SectionFacts(rows, new Dictionary<string, IReadOnlyDictionary<long, LocalName>>
        {
            ["kind"] = Kinds,
            ["centre"] = await db.Set<Centre>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => new LocalName(c.Name, c.NameEn), ct),
            ["building"] = await db.Set<Building>().AsNoTracking().ToDictionaryAsync(b => b.Id, b => new LocalName(b.Name, b.NameEn), ct),
        }, now);
    }

    public async Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        List<ReportedThing> things = [];
        foreach (var some in VoiceFact.CasesOf(ids).Chunk(Step))
        {
            var rows = await VoiceRow.From(db, db.VoiceCases.AsNoTracking().Where(c => some.Contains(c.Id))).ToListAsync(ct);
            things.AddRange(rows.Select(r => new ReportedThing(
                VoiceFact.RowOfCase(r.Id), r.Number, r.Summary, r.Building ?? NoPlace, States[r.State], FormattableString.Invariant($"voice/{r.Id}"))));
        }
        foreach (var some in VoiceFact.BuildingsOf(ids).Chunk(Step))
        {
            var found = await db.Set<Building>().AsNoTracking().Where(b => some.Contains(b.Id))
                .Select(b => new { b.Id, b.Code, Name = new LocalName(b.Name, b.NameEn) }).ToListAsync(ct);
            things.AddRange(found.Select(b => new ReportedThing(
                VoiceFact.RowOfBuilding(b.Id), b.Code, Housed.ToString(), b.Name, NoPlace, FormattableString.Invariant($"places?building={b.Id}"))));
        }
        return things;
    }

    public async Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var asked = ids as IReadOnlySet<long> ?? ids.ToHashSet();
        var found = (await db.SearchIds<VoiceCase>(typed).ToListAsync(ct)).Select(VoiceFact.RowOfCase);
        return found.Where(asked.Contains).ToHashSet();
    }

    public FactsChange? ChangedBy(Change change) => change switch
    {
        Changed<VoiceRow> row => new FactsChange(
            VoiceFact.RowOfCase((row.After ?? row.Before)!.Id), (row.After ?? row.Before)!.SubmittedAt),
        ManyChanged many when many.Row == typeof(VoiceRow) => new FactsChange(null, null),
        _ => null,
    };

    private string Sentence(Func<string, FigureReading> of)
    {
        if (of("received").Counted == 0) return words["Summary.None"];
        var said = words["Summary.Received", of("received").Counted, of("complaints").Counted].Value;
        if (of("response-rate").Value is { } response) said += words["Summary.Response", Percent(response)];
        if (of("solved-rate").Value is { } solved) said += words["Summary.Solved", Percent(solved)];
        if (of("satisfied-rate").Value is { } satisfied) said += words["Summary.Satisfied", Percent(satisfied)];
        return said;
    }

    private static string Percent(decimal share) => (share * 100).ToString("0.0", CultureInfo.CurrentCulture) + "%";

    private static VoiceFact FactOf(VoiceCase sent, bool wasLate, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        return new VoiceFact(VoiceFact.RowOfCase(sent.Id))
        {
            Kind = sent.Kind,
            CentreId = sent.CentreId,
            BuildingId = sent.BuildingId,
            SubmittedAt = Within(sent.SubmittedAt),
            AnsweredAt = Within(sent.FirstAnsweredAt),
            SettledAt = Within(sent.SettledAt),
            EndedAt = Within(sent.EndedAt),
            RatedAt = Within(sent.RatedAt),
            AppealedAt = Within(sent.AppealedAt),
            IsAnonymous = sent.IsAnonymous,
            IsAnswerDue = sent.FirstAnsweredAt is not null || (sent.AnswerDueAt <= now && sent.State != VoiceState.Withdrawn),
            IsAnswerInTime = sent.FirstAnsweredAt <= sent.AnswerDueAt,
            IsSettledInTime = sent.SettledAt <= sent.DueAt && sent.OverdueSince is null && !wasLate,
            IsSolved = sent.IsSolved,
            IsWithdrawn = sent.State == VoiceState.Withdrawn,
            WasReopened = sent.Reopenings > 0,
            Satisfaction = sent.Satisfaction,
            AnswerSeconds = sent.FirstAnsweredAt is { } answered ? (long)(answered - sent.SubmittedAt).TotalSeconds : null,
        };

        DateTimeOffset? Within(DateTimeOffset? moment) => moment >= from && moment < until ? moment : null;
    }

    /// <summary>The cases whose limit of settling passed since it runs, also those that got a later one afterwards.</summary>
    private static async Task<HashSet<long>> LateAsync(LogisticsDb db, IQueryable<VoiceCase> chosen, CancellationToken ct)
    {
        const string settling = nameof(ClockKind.Completion);
        var passed = db.VoiceEvents.AsNoTracking().Where(e => e.Verb == VoiceVerb.BecomeLate && e.Code == settling);
        return [.. await passed.Join(chosen, e => e.CaseId, c => c.Id, (e, c) => new { c.Id, e.At, c.ClockFrom }).Where(x => x.At >= x.ClockFrom)
            .Select(x => x.Id).Distinct().ToListAsync(ct)];
    }

    /// <summary>How many people live in each building at the end of the period, or now.</summary>
    private static async Task<List<VoiceFact>> ResidentsAsync(LogisticsDb db, DateTimeOffset until, CancellationToken ct)
    {
        var rooms = db.Set<Room>();
        var found = await db.Set<Occupancy>().AsNoTracking().Where(o => o.From < until && (o.Until == null || o.Until >= until))
            .Join(rooms, o => o.RoomId, r => r.Id, (o, r) => r.BuildingId).GroupBy(b => b).Select(g => new { g.Key, People = g.Count() }).ToListAsync(ct);
        return found.ConvertAll(b => new VoiceFact(VoiceFact.RowOfBuilding(b.Key)) { BuildingId = b.Key, Residents = b.People });
    }

    private static FactRow? RowOf(VoiceFact fact)
    {
        var (counted, based) = (UInt128.Zero, UInt128.Zero);
        for (var i = 0; i < VoiceFigures.All.Count; i++)
        {
            var figure = VoiceFigures.All[i];
            if (figure.Base is { } isBase)
            {
                if (!isBase(fact)) continue;
                based |= UInt128.One << i;
            }
            if (figure.Counts(fact)) counted |= UInt128.One << i;
        }
        if (counted == 0 && based == 0) return null;
        return new FactRow(fact.RowId, counted, based, [(long?)fact.Kind, fact.CentreId, fact.BuildingId],
            [
                fact.SubmittedAt?.UtcTicks, fact.AnsweredAt?.UtcTicks, fact.SettledAt?.UtcTicks, fact.EndedAt?.UtcTicks, fact.RatedAt?.UtcTicks,
                fact.AppealedAt?.UtcTicks,
            ],
            [fact.AnswerSeconds, fact.IsCase ? 1 : 0, (fact.Residents ?? 0) * (long)Fine]);
    }

    private static ReportDimension Dimension(string code) => new(code, LocalName.Of<VoiceFiguresText>($"Dimension.{code}"));

    private static ReportTime Time(string code) => new(code, LocalName.Of<VoiceFiguresText>($"Time.{code}"));

    private static ReportMeasure Measure(string code, FigureUnit unit) => new(code, LocalName.Of<VoiceFiguresText>($"Measure.{code}"), unit);

    private static ReportTableLayout Table(string code, string dimension, params string[] figures) =>
        new(code, LocalName.Of<VoiceFiguresText>($"Table.{code}"), dimension, [.. figures.Select(VoiceFigures.Full)]);
}
