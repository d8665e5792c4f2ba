using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Figures;

/// <summary>Notices and news of a period as rows of the report: see <see cref="NewsFigures"/> for what counts them.</summary>
internal sealed class NewsReportSection(
    IDbContextFactory<LogisticsDb> databases, OfficeTime office, NewsBoard board, IStringLocalizer<NewsFiguresText> words) : IReportSection
{
    /// <summary>Of what rates are measured in: hundredths of a percent.</summary>
    private const int Whole = 10_000;

    private static readonly IReadOnlyList<FigureDefinition> Definitions = [.. NewsFigures.All.Select(f => f.Definition)];

    private static readonly IReadOnlyList<ReportDimension> AllDimensions =
        [new("column", LocalName.Of<NewsFiguresText>("Dimension.column")), new("kind", LocalName.Of<NewsFiguresText>("Dimension.kind"))];

    private static readonly IReadOnlyList<ReportTime> AllTimes = [Time("published"), Time("withdrawn"), Time("corrected"), Time("last-confirmed")];

    private static readonly IReadOnlyList<ReportMeasure> AllMeasures =
    [
        Measure("addressed", FigureUnit.Times), Measure("readers", FigureUnit.Times), Measure("reading-rate", FigureUnit.Percent),
        Measure("confirmation-rate", FigureUnit.Percent), Measure("reminded", FigureUnit.Times), Measure("confirmation-time", FigureUnit.Hours),
    ];

    private static readonly IReadOnlyList<ReportTableLayout> AllTables =
    [
        new("columns", LocalName.Of<NewsFiguresText>("Table.columns"), "column",
            [.. new[] { "published", "addressed", "reading-rate", "confirmation-rate", "withdrawn" }.Select(NewsFigures.Full)]),
    ];

    private static readonly Dictionary<NewsState, LocalName> States =
        Enum.GetValues<NewsState>().ToDictionary(s => s, s => LocalName.Of<NewsText>($"NewsState.{s}"));

    private static readonly Dictionary<long, LocalName> Kinds =
        Enum.GetValues<NewsKind>().ToDictionary(k => (long)k, k => LocalName.Of<NewsText>($"NewsKind.{k}"));

    public string Code => NewsFigures.Section;
    public int Order => 40;
    public LocalName Title { get; } = LocalName.Of<NewsFiguresText>("Title");
    public IReadOnlyList<FigureDefinition> Figures => Definitions;
    public IReadOnlyList<ReportDimension> Dimensions => AllDimensions;
    public IReadOnlyList<ReportTime> Times => AllTimes;
    public IReadOnlyList<ReportMeasure> Measures => AllMeasures;
    public IReadOnlyList<ReportTableLayout> Tables => AllTables;

    /// <summary>None, and no trends: these also stand on the dashboard, which is filtered by crew and campus, and items have neither.</summary>
    public IReadOnlyList<string> KeyFigures => [];
    public IReadOnlyList<ReportTrend> Trends => [];
    public IReadOnlyList<ReportBalance> Balances => [];

    public IReadOnlyList<LocalName> Summarize(ReportPeriod period, Func<string, FigureReading> reading)
    {
        var (zh, en) = (In(Languages.Chinese), In(Languages.English));
        return [new LocalName(zh, en)];

        string In(string language)
        {
            var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                return Sentence(code => reading(NewsFigures.Full(code)));
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
        var items = db.NewsItems.AsNoTracking().Where(i => (i.PublishedAt >= from && i.PublishedAt < until)
            || (i.WithdrawnAt >= from && i.WithdrawnAt < until) || (i.CorrectedAt >= from && i.CorrectedAt < until));
        List<FactRow> rows = [];
        foreach (var item in only is null ? await FactsAsync(db, items, ct) : await OnlyAsync(db, items, only, ct))
            if (RowOf(item, from, until) is { } row) rows.Add(row);
        var columns = await db.NewsColumns.AsNoTracking().ToDictionaryAsync(c => c.Id, c => new LocalName(c.Name, c.NameEn), ct);
        return new SectionFacts(rows, new Dictionary<string, IReadOnlyDictionary<long, LocalName>> { ["column"] = columns, ["kind"] = Kinds }, now);
    }

    public async Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var items = await db.NewsItems.AsNoTracking().Where(i => ids.Contains(i.Id))
            .Select(i => new { i.Id, i.Number, i.Title, i.TitleEn, i.State, Column = new LocalName(i.Column.Name, i.Column.NameEn) }).ToListAsync(ct);
        return [.. items.Select(i => new ReportedThing(
            i.Id, i.Number, i.Title.Length > 0 ? i.Title : i.TitleEn, i.Column, States[i.State], $"news/{i.Number}"))];
    }

    public async Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var asked = ids as IReadOnlySet<long> ?? ids.ToHashSet();
        var found = await db.SearchIds<NewsItem>(typed).ToListAsync(ct);
        return found.Where(asked.Contains).ToHashSet();
    }

    public FactsChange? ChangedBy(Change change) => change switch
    {
        // An item counts from its publication on. What is not on the board may have been withdrawn, and counts in any period.
        KeyChanged { Topic: NewsTopics.Items or NewsTopics.Readings, Key: > 0 } item => new FactsChange(item.Key, PublishedAt(item.Key)),
        KeyChanged { Topic: NewsTopics.Items or NewsTopics.Readings or NewsTopics.Settings } => new FactsChange(null, null),
        _ => null,
    };

    private DateTimeOffset? PublishedAt(long id) => board.Latest?.Find(id)?.PublishedAt;

    private string Sentence(Func<string, FigureReading> of)
    {
        if (of("published").Counted == 0) return words["Summary.None"];
        var said = words["Summary.Published", of("published").Counted, Number(of("addressed").Value)].Value;
        if (of("reading-rate").Value is { } read) said += words["Summary.Read", Percent(read)];
        if (of("confirmation-rate").Value is { } confirmed) said += words["Summary.Confirmed", Percent(confirmed)];
        if (of("outages").Counted > 0) said += words["Summary.Outages", of("outages").Counted, of("outages-in-time").Counted];
        if (of("withdrawn").Counted + of("corrected").Counted > 0) said += words["Summary.Changed", of("withdrawn").Counted, of("corrected").Counted];
        return said;
    }

    private static string Percent(decimal share) => (share * 100).ToString("0.0", CultureInfo.CurrentCulture) + "%";

    private static string Number(decimal? value) => (value ?? 0).ToString("N0", CultureInfo.CurrentCulture);

    private static async Task<List<ItemFacts>> OnlyAsync(LogisticsDb db, IQueryable<NewsItem> items, IReadOnlyCollection<long> only, CancellationToken ct)
    {
        List<ItemFacts> facts = [];
        foreach (var ids in only.Chunk(500)) facts.AddRange(await FactsAsync(db, items.Where(i => ids.Contains(i.Id)), ct));
        return facts;
    }

    private static async Task<List<ItemFacts>> FactsAsync(LogisticsDb db, IQueryable<NewsItem> items, CancellationToken ct)
    {
        var recipients = db.NewsRecipients.AsNoTracking();
        return await items.OrderBy(i => i.Id).Select(i => new ItemFacts(
            i.Id, i.Kind, i.ColumnId, i.PublishedAt, i.WithdrawnAt, i.CorrectedAt, i.WasLate, i.NeedsConfirmation || i.IsUrgent,
            i.OutageKind == null ? null : i.OutageFrom, recipients.Count(r => r.ItemId == i.Id),
            recipients.Count(r => r.ItemId == i.Id && r.ReadAt != null), recipients.Count(r => r.ItemId == i.Id && r.ConfirmedAt != null),
            recipients.Count(r => r.ItemId == i.Id && r.RemindedAt != null),
            recipients.Where(r => r.ItemId == i.Id && r.ConfirmedAt != null).Max(r => r.ConfirmedAt))).ToListAsync(ct);
    }

    private static FactRow? RowOf(ItemFacts item, DateTimeOffset from, DateTimeOffset until)
    {
        var within = item with { PublishedAt = Within(item.PublishedAt), WithdrawnAt = Within(item.WithdrawnAt), CorrectedAt = Within(item.CorrectedAt) };
        var (counted, based) = (UInt128.Zero, UInt128.Zero);
        for (var i = 0; i < NewsFigures.All.Count; i++)
        {
            var figure = NewsFigures.All[i];
            if (figure.Base is { } isBase)
            {
                if (!isBase(within)) continue;
                based |= UInt128.One << i;
            }
            if (figure.Counts(within)) counted |= UInt128.One << i;
        }
        if (counted == 0 && based == 0) return null;
        return new FactRow(item.Id, counted, based, [item.ColumnId, (long)item.Kind],
            [item.PublishedAt?.UtcTicks, item.WithdrawnAt?.UtcTicks, item.CorrectedAt?.UtcTicks, item.LastConfirmedAt?.UtcTicks],
            [
                item.Addressed, item.Readers, Rate(item.Readers), item.AsksForConfirmation ? Rate(item.Confirmed) : null, item.Reminded,
                item is { AsksForConfirmation: true, LastConfirmedAt: { } last, PublishedAt: { } published }
                    ? (last - published).Ticks / TimeSpan.TicksPerSecond : null,
            ]);

        DateTimeOffset? Within(DateTimeOffset? moment) => moment >= from && moment < until ? moment : null;

        long? Rate(int people) => item.Addressed == 0 ? null : people * (long)Whole / item.Addressed;
    }

    private static ReportTime Time(string code) => new(code, LocalName.Of<NewsFiguresText>($"Time.{code}"));

    private static ReportMeasure Measure(string code, FigureUnit unit) => new(code, LocalName.Of<NewsFiguresText>($"Measure.{code}"), unit);
}
