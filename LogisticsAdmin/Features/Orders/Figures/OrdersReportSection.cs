using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Figures;

/// <summary>
/// Lines of orders of a period, and portions that the kitchen recorded as thrown away, as rows of the report: see <see cref="OrderFigures"/> for what
/// counts them.
/// </summary>
internal sealed class OrdersReportSection(
    IDbContextFactory<LogisticsDb> databases, OfficeTime office, IStringLocalizer<OrdersText> words) : IReportSection
{
    private const int Step = 500;

    private static readonly IReadOnlyList<FigureDefinition> Definitions = [.. OrderFigures.All.Select(f => f.Definition)];

    private static readonly IReadOnlyList<ReportDimension> AllDimensions =
        [Dimension("canteen"), Dimension("stall"), Dimension("item"), Dimension("meal")];

    private static readonly IReadOnlyList<ReportTime> AllTimes = [new("day", LocalName.Of<OrdersText>("Time.day"))];

    private static readonly IReadOnlyList<ReportMeasure> AllMeasures =
        [Measure("quantity", FigureUnit.Times), Measure("amount", FigureUnit.Yuan), Measure("stars", FigureUnit.Stars)];

    private static readonly IReadOnlyList<ReportTableLayout> AllTables =
    [
        Table("stalls", "stall", null, "meal-orders", "portions", "meal-sales", "missed-rate", "waste", "recorded-waste", "stars"),
        Table("favourites", "item", 10, "portions", "meal-sales", "stars"),
        Table("waste", "item", 10, "recorded-waste", "waste"),
        Table("goods", "item", 10, "goods-sales", "goods-orders"),
        Table("meals", "meal", null, "meal-orders", "portions", "missed-rate", "waste", "recorded-waste"),
    ];

    private static readonly IReadOnlyList<ReportTrend> AllTrends =
    [
        Trend("orders", ["meal-orders", "goods-orders"], []), Trend("sales", ["meal-sales", "goods-sales"], []), Trend("missed", [], ["missed-rate"]),
    ];

    private static readonly IReadOnlyList<string> AllKeyFigures = [.. new[] { "meal-orders", "meal-sales", "missed-rate" }.Select(OrderFigures.Full)];

    private static readonly Dictionary<PlacedOrderState, LocalName> States =
        Enum.GetValues<PlacedOrderState>().ToDictionary(s => s, s => LocalName.Of<OrdersText>($"PlacedOrderState.{s}"));

    private static readonly Dictionary<WasteReason, LocalName> Reasons =
        Enum.GetValues<WasteReason>().ToDictionary(r => r, r => LocalName.Of<OrdersText>($"WasteReason.{r}"));

    private static readonly LocalName NoReason = LocalName.Of<OrdersText>("WasteAct.Record");

    private static readonly Dictionary<long, LocalName> Meals =
        Enum.GetValues<Meal>().ToDictionary(m => (long)m, m => LocalName.Of<OrdersText>($"Meal.{m}"));

    private static readonly LocalName Goods = LocalName.Of<OrdersText>("ShelfKind.Goods");

    public string Code => OrderFigures.Section;
    public int Order => 25;
    public LocalName Title { get; } = LocalName.Of<OrdersText>("Report.Title");
    public IReadOnlyList<FigureDefinition> Figures => Definitions;
    public IReadOnlyList<ReportDimension> Dimensions => AllDimensions;
    public IReadOnlyList<ReportTime> Times => AllTimes;
    public IReadOnlyList<ReportMeasure> Measures => AllMeasures;
    public IReadOnlyList<ReportTableLayout> Tables => AllTables;
    public IReadOnlyList<string> KeyFigures => AllKeyFigures;
    public IReadOnlyList<ReportTrend> Trends => AllTrends;
    public IReadOnlyList<ReportBalance> Balances => [];

    public IReadOnlyList<LocalName> Summarize(ReportPeriod period, Func<string, FigureReading> reading)
    {
        return [new LocalName(In(Languages.Chinese), In(Languages.English))];

        string In(string language)
        {
            var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                return Sentence(code => reading(OrderFigures.Full(code)));
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
            }
        }
    }

    public async Task<SectionFacts> ReadAsync(ReportPeriod period, IReadOnlyCollection<long>? only, CancellationToken ct)
    {
        var (now, today) = (office.Now, office.Today);
        await using var db = await databases.CreateDbContextAsync(ct);
        var (reviews, orders) = (db.ItemReviews, db.PlacedOrders.AsNoTracking());
        if (only is not null)
        {
            var asked = OrderFigures.OrdersOf(only).ToList();
            orders = orders.Where(o => EF.Parameter(asked).Contains(o.Id));
        }
        var lines = await (
            from order in orders
            where order.Day >= period.From && order.Day < period.Until && order.Day <= today
            from line in order.Lines
            orderby order.Id, line.Id
            select new SoldLine(
                line.Id, order.Id, !order.Lines.Any(l => l.Id < line.Id), order.Shelf, order.State, order.PaidAt != null, order.ReadyAt != null,
                order.Day!.Value, order.Meal, order.CanteenId, order.StallId, line.ItemId, line.Quantity, line.PriceFen * line.Quantity,
                reviews.Where(r => r.LineId == line.Id).Select(r => (int?)r.Stars).FirstOrDefault())).ToListAsync(ct);
        List<FactRow> rows = [];
        foreach (var line in lines)
        {
            if (RowOf(line) is { } row) rows.Add(row);
        }
        rows.AddRange(await WastesAsync(db, period, today, only, ct));
        return new SectionFacts(rows, new Dictionary<string, IReadOnlyDictionary<long, LocalName>>
        {
            ["canteen"] = await db.Canteens.AsNoTracking().ToDictionaryAsync(c => c.Id, c => new LocalName(c.Name, c.NameEn), ct),
            ["stall"] = await db.Stalls.AsNoTracking().ToDictionaryAsync(s => s.Id, s => new LocalName(s.Name, s.NameEn), ct),
            ["item"] = await db.ShelfItems.AsNoTracking().ToDictionaryAsync(i => i.Id, i => new LocalName(i.Name, i.NameEn), ct),
            ["meal"] = Meals,
        }, now);
    }

    public async Task<IReadOnlyList<ReportedThing>> DescribeAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var stalls = db.Stalls;
        List<ReportedThing> things = [];
        foreach (var some in OrderFigures.LinesOf(ids).Chunk(Step))
        {
            var found = await (
                from line in db.OrderLines.AsNoTracking()
                where some.Contains(line.Id)
                join order in db.PlacedOrders on line.OrderId equals order.Id
                select new
                {
                    line.Id,
                    order.Number,
                    Name = new LocalName(line.Name, line.NameEn),
                    line.Quantity,
                    order.State,
                    Stall = stalls.Where(s => s.Id == order.StallId).Select(s => new LocalName(s.Name, s.NameEn)).FirstOrDefault(),
                }).ToListAsync(ct);
            things.AddRange(found.Select(f => new ReportedThing(
                f.Id, f.Number, $"{f.Name} ×{f.Quantity}", f.Stall ?? Goods, States[f.State], $"orders?q={Uri.EscapeDataString(f.Number)}")));
        }
        foreach (var some in OrderFigures.WastesOf(ids).Chunk(Step))
        {
            var found = await (
                from waste in db.MealWastes.AsNoTracking()
                where some.Contains(waste.Id)
                join item in db.ShelfItems on waste.ItemId equals item.Id
                join stall in stalls on item.StallId equals (long?)stall.Id
                select new { waste, item.Name, item.NameEn, Stall = new LocalName(stall.Name, stall.NameEn) }).ToListAsync(ct);
            things.AddRange(found.Select(f => new ReportedThing(
                OrderFigures.RowOfWaste(f.waste.Id), string.Create(CultureInfo.InvariantCulture, $"{f.waste.Day:yyyy-MM-dd}"),
                $"{new LocalName(f.Name, f.NameEn)} ×{f.waste.Quantity}", f.Stall, f.waste.Reason is { } reason ? Reasons[reason] : NoReason,
                string.Create(CultureInfo.InvariantCulture, $"orders/portions?day={f.waste.Day:yyyy-MM-dd}&meal={f.waste.Meal}"))));
        }
        return things;
    }

    public async Task<IReadOnlySet<long>> FindAsync(IReadOnlyCollection<long> ids, string typed, CancellationToken ct)
    {
        var pattern = LikePattern.Containing(typed.Trim());
        await using var db = await databases.CreateDbContextAsync(ct);
        var orders = db.PlacedOrders;
        HashSet<long> found = [];
        foreach (var some in OrderFigures.LinesOf(ids).Chunk(Step))
        {
            found.UnionWith(await db.OrderLines.AsNoTracking().Where(l => some.Contains(l.Id)).Where(l =>
                EF.Functions.Like(l.Name, pattern, LikePattern.Escape) || EF.Functions.Like(l.NameEn, pattern, LikePattern.Escape)
                || orders.Any(o => o.Id == l.OrderId && EF.Functions.Like(o.Number, pattern, LikePattern.Escape))).Select(l => l.Id).ToListAsync(ct));
        }
        var items = db.ShelfItems;
        foreach (var some in OrderFigures.WastesOf(ids).Chunk(Step))
        {
            var wastes = await db.MealWastes.AsNoTracking().Where(w => some.Contains(w.Id) && items.Any(i => i.Id == w.ItemId
                && (EF.Functions.Like(i.Name, pattern, LikePattern.Escape) || EF.Functions.Like(i.NameEn, pattern, LikePattern.Escape))))
                .Select(w => w.Id).ToListAsync(ct);
            found.UnionWith(wastes.Select(OrderFigures.RowOfWaste));
        }
        return found;
    }

    public FactsChange? ChangedBy(Change change) => change switch
    {
        KeyChanged { Topic: OrdersTopics.Orders } order => new FactsChange(order.Key, Begin(order.Day)),
        // Any day of the past may be recorded or corrected.
        KeyChanged { Topic: OrdersTopics.Waste } waste => new FactsChange(OrderFigures.RowOfWaste(waste.Key), Begin(waste.Day)),
        _ => null,
    };

    private DateTimeOffset? Begin(DateOnly? day) => day is { } known ? office.At(known, TimeOnly.MinValue) : null;

    private string Sentence(Func<string, FigureReading> of)
    {
        if (of("meal-orders").Counted + of("goods-orders").Counted == 0) return words["Summary.None"];
        var said = words["Summary.Meals", of("meal-orders").Counted, Number(of("portions").Value), Amount(of("meal-sales").Value)].Value;
        if (of("missed-rate").Value is { } missed) said += words["Summary.Missed", (missed * 100).ToString("0.0", CultureInfo.CurrentCulture)];
        if (of("goods-orders").Counted > 0) said += words["Summary.Goods", of("goods-orders").Counted, Amount(of("goods-sales").Value)];
        return said;
    }

    private static string Number(decimal? value) => (value ?? 0).ToString("N0", CultureInfo.CurrentCulture);

    private static string Amount(decimal? value) => (value ?? 0).ToString("N2", CultureInfo.CurrentCulture);

    private async Task<IReadOnlyList<FactRow>> WastesAsync(
        LogisticsDb db, ReportPeriod period, DateOnly today, IReadOnlyCollection<long>? only, CancellationToken ct)
    {
        var asked = only is null ? null : OrderFigures.WastesOf(only).ToList();
        if (asked is { Count: 0 }) return [];
        var counted = UInt128.Zero;
        foreach (var (place, figure) in OrderFigures.All.Index())
        {
            if (figure.CountsWaste) counted |= UInt128.One << place;
        }
        var (stalls, wastes) = (db.Stalls, db.MealWastes.AsNoTracking());
        if (asked is not null) wastes = wastes.Where(w => EF.Parameter(asked).Contains(w.Id));
        var found = await (
            from waste in wastes
            where waste.Day >= period.From && waste.Day < period.Until && waste.Day <= today && waste.Quantity > 0
            join item in db.ShelfItems on waste.ItemId equals item.Id
            join stall in stalls on item.StallId equals (long?)stall.Id
            orderby waste.Id
            select new { waste.Id, waste.Day, waste.Meal, waste.ItemId, waste.Quantity, StallId = stall.Id, stall.CanteenId }).ToListAsync(ct);
        return
        [
            .. found.Select(w => new FactRow(
                OrderFigures.RowOfWaste(w.Id), counted, UInt128.Zero, [w.CanteenId, w.StallId, w.ItemId, (long)w.Meal],
                [office.At(w.Day, TimeOnly.MinValue).UtcTicks], [w.Quantity, null, null])),
        ];
    }

    private FactRow? RowOf(SoldLine line)
    {
        var (counted, based) = (UInt128.Zero, UInt128.Zero);
        for (var i = 0; i < OrderFigures.All.Count; i++)
        {
            var figure = OrderFigures.All[i];
            if (figure.Base is { } isBase)
            {
                if (!isBase(line)) continue;
                based |= UInt128.One << i;
            }
            if (figure.Counts(line)) counted |= UInt128.One << i;
        }
        if (counted == 0 && based == 0) return null;
        return new FactRow(
            line.Id, counted, based, [line.CanteenId, line.StallId, line.ItemId, (long?)line.Meal], [office.At(line.Day, TimeOnly.MinValue).UtcTicks],
            [line.Quantity, line.Fen, line.Stars])
        {
            Thing = line.OrderId,
        };
    }

    private static ReportDimension Dimension(string code) => new(code, LocalName.Of<OrdersText>($"Dimension.{code}"));

    private static ReportMeasure Measure(string code, FigureUnit unit) => new(code, LocalName.Of<OrdersText>($"Measure.{code}"), unit);

    private static ReportTrend Trend(string code, string[] columns, string[] lines) =>
        new(code, LocalName.Of<OrdersText>($"Trend.{code}"), [.. columns.Select(OrderFigures.Full)], [.. lines.Select(OrderFigures.Full)]);

    private static ReportTableLayout Table(string code, string dimension, int? top, params string[] figures) =>
        new(code, LocalName.Of<OrdersText>($"Table.{code}"), dimension, [.. figures.Select(OrderFigures.Full)], top);
}
