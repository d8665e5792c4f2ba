using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>Bills, payments and debts of a period as rows of the report: see <see cref="FeeFigures"/> for what counts them.</summary>
internal sealed class FeesReportSection(
    IDbContextFactory<LogisticsDb> databases, OfficeTime office, IStringLocalizer<FeeFiguresText> words) : IReportSection
{
    private const int Step = 500;

    /// <summary>Of units that are measured in ten-thousandths.</summary>
    private const int Fine = 10_000;

    /// <summary>Of the keys of a kind of fee in a building: far above the number of buildings.</summary>
    private const long KindStep = 1_000_000;

    private static readonly string[] Others = ["usage-other", "per-person-other", "per-area-other"];

    private static readonly IReadOnlyList<FigureDefinition> Definitions = [.. FeeFigures.All.Select(f => f.Definition)];

    private static readonly IReadOnlyList<ReportDimension> AllDimensions =
    [
        Dimension("campus"), Dimension("building"), Dimension("room"), Dimension("kind"), Dimension("age"), Dimension("metered"), Dimension("metered-building"),
    ];

    private static readonly IReadOnlyList<ReportTime> AllTimes = [new("at", LocalName.Of<FeeFiguresText>("Time.at"))];

    private static readonly IReadOnlyList<ReportMeasure> AllMeasures =
    [
        Measure("charged", FigureUnit.Yuan), Measure("vacant", FigureUnit.Yuan), Measure("due", FigureUnit.Yuan), Measure("collected", FigureUnit.Yuan),
        Measure("received", FigureUnit.Yuan), Measure("refunded", FigureUnit.Yuan), Measure("unpaid", FigureUnit.Yuan),
        Measure("energy", FigureUnit.KilowattHours), Measure("volume", FigureUnit.CubicMetres), Measure("people", FigureUnit.People),
        Measure("area", FigureUnit.SquareMetres), Measure("units", FigureUnit.Units),
    ];

    private static readonly IReadOnlyList<ReportTableLayout> AllTables =
    [
        Table("buildings", "building", null, "receivable", "collected", "collection-rate", "received"),
        Table("arrears", "building", null, "arrears", "arrears-accounts", "arrears-30", "arrears-60", "arrears-90", "arrears-older"),
        Table("debtors", "room", 10, "arrears", "arrears-older", "receivable"),
        Table("kinds", "kind", null, "receivable", "collected", "collection-rate", "arrears"),
        .. FeeFigures.Usages.Select(u => Table($"usage-{u.Code}", "building", null, $"usage-{u.Code}", $"per-person-{u.Code}", $"per-area-{u.Code}")),
        Table("usage-other", "metered", null, Others), Table("usage-other-buildings", "metered-building", null, Others),
    ];

    private static readonly IReadOnlyList<ReportTrend> AllTrends =
        [Trend("money", ["receivable"], ["received"]), Trend("rate", [], ["collection-rate"]), Trend("electricity", ["usage-electricity"], [])];

    private static readonly IReadOnlyList<string> AllKeyFigures = [.. new[] { "receivable", "received", "collection-rate", "arrears" }.Select(FeeFigures.Full)];

    private static readonly Dictionary<BillKind, LocalName> BillKinds =
        Enum.GetValues<BillKind>().ToDictionary(k => k, k => LocalName.Of<FeesText>($"BillKind.{k}"));

    private static readonly Dictionary<TransactionKind, LocalName> Transactions =
        Enum.GetValues<TransactionKind>().ToDictionary(k => k, k => LocalName.Of<PaymentsText>($"TransactionKind.{k}"));

    private static readonly Dictionary<long, LocalName> Ages =
        Enum.GetValues<DebtAge>().ToDictionary(a => (long)a, a => LocalName.Of<FeeFiguresText>($"DebtAge.{a}"));

    public string Code => FeeFigures.Section;
    public int Order => 20;
    public LocalName Title { get; } = LocalName.Of<FeeFiguresText>("Title");
    public IReadOnlyList<FigureDefinition> Figures => Definitions;
    public IReadOnlyList<ReportDimension> Dimensions => AllDimensions;
    public IReadOnlyList<ReportTime> Times => AllTimes;
    public IReadOnlyList<ReportMeasure> Measures => AllMeasures;
    public IReadOnlyList<ReportTableLayout> Tables => AllTables;
    public IReadOnlyList<string> KeyFigures => AllKeyFigures;
    public IReadOnlyList<ReportTrend> Trends => AllTrends;
    public IReadOnlyList<ReportBalance> Balances => [];

    /// <summary>Tens of thousands of bills belong to no crew, and a payment changes what was collected of others.</summary>
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
                return new FeeSummary(words, reading).Paragraph();
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
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.ExpectBulkLoadAsync(ct);
        // All queries see the same bills and balances, whatever is written meanwhile.
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        var reader = new FeeFactsReader(db, office, period);
        var asked = only as IReadOnlySet<long> ?? only?.ToHashSet();
        List<FactRow> rows = [];
        foreach (var fact in await reader.ReadAsync(ct))
            if ((asked?.Contains(fact.RowId) ?? true) && RowOf(fact, reader.Rooms) is { } row) rows.Add(row);
        return new SectionFacts(rows, await NamesAsync(db, rows, ct), now);
    }

    public async Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        List<ReportedThing> things = [];
        foreach (var bills in FeeFact.BillsOf(ids).Chunk(Step))
        {
            var found = await Bills(db, db.Bills.Where(b => bills.Contains(b.Id))).ToListAsync(ct);
            things.AddRange(found.Select(b => new ReportedThing(
                FeeFact.RowOfBill(b.Id), b.Number, $"{b.Kind} {b.Period}", b.Place, BillKinds[b.BillKind],
                FormattableString.Invariant($"fees/bills/{b.Id}"))));
        }
        foreach (var entries in FeeFact.EntriesOf(ids).Chunk(Step))
        {
            var found = await Entries(db, db.LedgerEntries.Where(e => entries.Contains(e.Id))).ToListAsync(ct);
            var orders = await OrdersAsync(db, [.. found.Select(e => AttemptOf(e.Reference)).OfType<long>()], ct);
            things.AddRange(found.Select(e => new ReportedThing(
                FeeFact.RowOfEntry(e.Id),
                AttemptOf(e.Reference) is { } attempt && orders.TryGetValue(attempt, out var order) ? order : NumberOf(e.Reference),
                CleanText.Summary(e.Text), e.Place, Transactions[e.Kind], FormattableString.Invariant($"fees/accounts/{e.AccountId}"))));
        }
        return things;
    }

    public async Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct)
    {
        var pattern = LikePattern.Containing(typed.Trim());
        await using var db = await databases.CreateDbContextAsync(ct);
        HashSet<long> found = [];
        foreach (var bills in FeeFact.BillsOf(ids).Chunk(Step))
        {
            var some = Bills(db, db.Bills.Where(b => bills.Contains(b.Id))).Where(b => EF.Functions.Like(b.Number, pattern, LikePattern.Escape)
                || EF.Functions.Like(b.Zh, pattern, LikePattern.Escape) || EF.Functions.Like(b.En, pattern, LikePattern.Escape));
            found.UnionWith((await some.Select(b => b.Id).ToListAsync(ct)).Select(FeeFact.RowOfBill));
        }
        foreach (var entries in FeeFact.EntriesOf(ids).Chunk(Step))
        {
            var some = Entries(db, db.LedgerEntries.Where(e => entries.Contains(e.Id))).Where(e => EF.Functions.Like(e.Reference, pattern, LikePattern.Escape)
                || EF.Functions.Like(e.Text, pattern, LikePattern.Escape)
                || EF.Functions.Like(e.Zh, pattern, LikePattern.Escape) || EF.Functions.Like(e.En, pattern, LikePattern.Escape));
            found.UnionWith((await some.Select(e => e.Id).ToListAsync(ct)).Select(FeeFact.RowOfEntry));
        }
        return found;
    }

    public FactsChange? ChangedBy(Change change) => change switch
    {
        // Bills of any period are made or corrected by runs.
        KeyChanged { Topic: FeesTopics.Runs or FeesTopics.Rates } => new FactsChange(null, null),
        // A payment counts in this month, and for the bills of a month until the end of the following one.
        KeyChanged { Topic: FeesTopics.Accounts or FeesTopics.Payments } =>
            new FactsChange(null, office.At(office.Today.AddMonths(-1).AddDays(-3), TimeOnly.MinValue)),
        _ => null,
    };

    private static FactRow? RowOf(FeeFact fact, IReadOnlyDictionary<long, FeeRoom> rooms)
    {
        var counted = UInt128.Zero;
        for (var i = 0; i < FeeFigures.All.Count; i++)
            if (FeeFigures.All[i].Counts(fact)) counted |= UInt128.One << i;
        if (counted == 0) return null;
        var room = fact.RoomId is { } id ? rooms.GetValueOrDefault(id) : null;
        var isMeasured = FeeFigures.Usages.Any(u => u.Code == fact.Metered);
        var isEnergy = isMeasured && FeeFigures.Usages.First(u => u.Code == fact.Metered).IsEnergy;
        var (isBill, isOther) = (fact.Bill is not null, FeeFigures.IsOther(fact.Metered));
        return new FactRow(fact.RowId, counted, UInt128.Zero,
            [
                room?.CampusId, room?.BuildingId, fact.RoomId, fact.KindId, (long?)fact.Age, isOther ? fact.KindId : null,
                isOther && room is not null ? fact.KindId * KindStep + room.BuildingId : null,
            ],
            [fact.At.UtcTicks],
            [
                isBill ? fact.ChargedFen : null, isBill ? fact.VacantFen : null, fact.DueFen, fact.CollectedFen,
                fact.ReceivedFen == 0 ? null : fact.ReceivedFen, fact.RefundedFen == 0 ? null : fact.RefundedFen, fact.Unpaid?.Fen,
                isEnergy ? (long)(fact.Usage * Fine) : null,
                isMeasured && !isEnergy ? (long)(fact.Usage * Fine) : null,
                fact.People is { } people ? (long)(people * Fine) : null, fact.Area is { } area ? (long)(area * 100) : null,
                isOther ? (long)(fact.Usage * Fine) : null,
            ]);
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<long, LocalName>>> NamesAsync(
        LogisticsDb db, List<FactRow> rows, CancellationToken ct)
    {
        Dictionary<long, LocalName> rooms = [];
        foreach (var ids in rows.Select(r => r.Keys[2]).OfType<long>().Distinct().Chunk(Step))
        {
            foreach (var room in await db.Set<Room>().AsNoTracking().Where(r => ids.Contains(r.Id))
                         .Select(r => new { r.Id, Zh = r.Building.Name + " " + r.Name, En = r.Building.NameEn + " " + r.NameEn }).ToListAsync(ct))
            {
                rooms[room.Id] = new LocalName(room.Zh, room.En);
            }
        }
        var buildings = await db.Set<Building>().AsNoTracking().ToDictionaryAsync(b => b.Id, b => new LocalName(b.Name, b.NameEn), ct);
        var kinds = await db.FeeKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, ct);
        return new Dictionary<string, IReadOnlyDictionary<long, LocalName>>
        {
            ["campus"] = await db.Set<Campus>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => new LocalName(c.Name, c.NameEn), ct),
            ["building"] = buildings,
            ["room"] = rooms,
            ["kind"] = kinds.ToDictionary(k => k.Key, k => k.Value.LocalName),
            ["age"] = Ages,
            // With the unit, which is another one on each line.
            ["metered"] = Keys(5).ToDictionary(key => key, key => Measured(kinds[key])),
            ["metered-building"] = Keys(6).ToDictionary(key => key, key =>
            {
                var (kind, building) = (Measured(kinds[key / KindStep]), buildings[key % KindStep]);
                return new LocalName($"{kind.Zh} {building.Zh}", $"{kind.En} {building.En}");
            }),
        };

        IEnumerable<long> Keys(int dimension) => rows.Select(r => r.Keys[dimension]).OfType<long>().Distinct();

        static LocalName Measured(FeeKind kind) => new(
            $"{kind.LocalName.Zh}（{kind.UnitName.Zh}）", $"{kind.LocalName.En} ({kind.UnitName.En})");
    }

    private static IQueryable<BillThing> Bills(LogisticsDb db, IQueryable<Bill> bills)
    {
        var (kinds, rooms, people) = (db.FeeKinds, db.Set<Room>(), db.Users);
        return
            from bill in bills.AsNoTracking()
            join kind in kinds on bill.FeeKindId equals kind.Id
            join r in rooms on bill.RoomId equals r.Id into theirs
            from room in theirs.DefaultIfEmpty()
            join p in people on bill.PersonId equals p.Id into payers
            from person in payers.DefaultIfEmpty()
            select new BillThing
            {
                Id = bill.Id,
                Number = bill.Number,
                BillKind = bill.Kind,
                KindZh = kind.Name,
                KindEn = kind.NameEn,
                Period = bill.Period,
                Zh = room == null ? person.FullName : room.Building.Name + " " + room.Name,
                En = room == null ? person.FullName : room.Building.NameEn + " " + room.NameEn,
            };
    }

    private static IQueryable<EntryThing> Entries(LogisticsDb db, IQueryable<LedgerEntry> entries)
    {
        var (transactions, rooms, people) = (db.LedgerTransactions, db.Set<Room>(), db.Users);
        return
            from entry in entries.AsNoTracking()
            join transaction in transactions on entry.TransactionId equals transaction.Id
            join r in rooms on entry.Account.RoomId equals r.Id into theirs
            from room in theirs.DefaultIfEmpty()
            join p in people on entry.Account.PersonId equals p.Id into payers
            from person in payers.DefaultIfEmpty()
            select new EntryThing
            {
                Id = entry.Id,
                AccountId = entry.AccountId,
                Kind = transaction.Kind,
                Reference = transaction.Reference,
                Text = transaction.Text,
                Zh = room == null ? person.FullName : room.Building.Name + " " + room.Name,
                En = room == null ? person.FullName : room.Building.NameEn + " " + room.NameEn,
            };
    }

    /// <summary>Which payment through a gateway a reference names, or its refund.</summary>
    private static long? AttemptOf(string reference) => reference.Split(':') is ["payment", var id, ..] ? TypedId.Parse(id) : null;

    private static Task<Dictionary<long, string>> OrdersAsync(LogisticsDb db, List<long> attempts, CancellationToken ct) =>
        db.PaymentAttempts.AsNoTracking().Where(a => attempts.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Order.Number, ct);

    /// <summary>What a reference names, without what kind of thing that is.</summary>
    private static string NumberOf(string reference) => reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static ReportDimension Dimension(string code) => new(code, LocalName.Of<FeeFiguresText>($"Dimension.{code}"));

    private static ReportMeasure Measure(string code, FigureUnit unit) => new(code, LocalName.Of<FeeFiguresText>($"Measure.{code}"), unit);

    private static ReportTableLayout Table(string code, string dimension, int? top, params string[] figures) =>
        new(code, LocalName.Of<FeeFiguresText>($"Table.{code}"), dimension, [.. figures.Select(FeeFigures.Full)], top);

    private static ReportTrend Trend(string code, string[] columns, string[] lines) =>
        new(code, LocalName.Of<FeeFiguresText>($"Trend.{code}"), [.. columns.Select(FeeFigures.Full)], [.. lines.Select(FeeFigures.Full)]);

    // Members and not constructor parameters: a query can be filtered only by these.
    private sealed class BillThing
    {
        public long Id { get; init; }
        public string Number { get; init; } = "";
        public BillKind BillKind { get; init; }
        public string KindZh { get; init; } = "";
        public string KindEn { get; init; } = "";
        public string Period { get; init; } = "";
        public string Zh { get; init; } = "";
        public string En { get; init; } = "";

        public LocalName Kind => new(KindZh, KindEn);

        public LocalName Place => new(Zh, En);
    }

    private sealed class EntryThing
    {
        public long Id { get; init; }
        public long AccountId { get; init; }
        public TransactionKind Kind { get; init; }
        public string Reference { get; init; } = "";
        public string Text { get; init; } = "";
        public string Zh { get; init; } = "";
        public string En { get; init; } = "";

        public LocalName Place => new(Zh, En);
    }
}
