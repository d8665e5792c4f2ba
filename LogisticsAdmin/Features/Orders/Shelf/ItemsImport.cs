using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>
/// Imports dishes or goods, identified by their code. Cells that are empty leave what is stored. A new price applies to orders from now on. What
/// the file calls retired stays as it is. For managers and administrators. Undo retires what was added, and gives what was changed its earlier values.
/// </summary>
public abstract class ItemsImport(CurrentUser user, OfficeTime office) : ImportKind
{
    protected const string Canteen = "item-canteen", Stall = "item-stall", Code = "item-code", Title = "item-name", TitleEn = "item-name-en",
        Category = "item-category", Price = "item-price", Allergens = "item-allergens", Vegetarian = "item-vegetarian", Halal = "item-halal",
        Days = "item-days", Meals = "item-meals", Portions = "item-portions", Unit = "item-unit", Limit = "item-limit", Delivered = "item-delivered",
        Threshold = "item-threshold", State = "item-state";

    protected static readonly IReadOnlyList<ImportColumn> Common =
    [
        ImportColumn.Of<OrdersText>(Code, CellUse.Code, OrdersLimits.Code, "编号", "代码", "code") with { Required = true },
        ImportColumn.Of<OrdersText>(Title, CellUse.Text, OrdersLimits.Name, "名称", "菜名", "品名", "name"),
        ImportColumn.Of<OrdersText>(TitleEn, CellUse.Text, OrdersLimits.NameEn, "英文名称", "英文名", "english name"),
        ImportColumn.Of<OrdersText>(Category, CellUse.Text, OrdersLimits.Name, "分类", "类别", "category"),
        ImportColumn.Of<OrdersText>(Price, CellUse.Amount, 0, "价格", "单价", "价格（元）", "price", "price (yuan)"),
        // No choice: lists of others say other things in such a column.
        ImportColumn.Of<OrdersText>(State, CellUse.Text),
    ];

    private static readonly LocalName RetiredState = LocalName.Of<OrdersText>("ItemState.Retired");

    protected abstract ShelfKind Shelf { get; }

    public override bool MayImport(Actor actor) => actor.IsManagement;

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var shelf = Shelf;
        var items = await db.ShelfItems.AsNoTracking().Where(i => i.Shelf == shelf).ToListAsync(ct);
        var canteens = await db.Canteens.AsNoTracking().ToListAsync(ct);
        var stalls = await db.Stalls.AsNoTracking().ToListAsync(ct);
        return new Plan(this, items, canteens, stalls, input);
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        List<SkippedRow> left = [];
        foreach (var entity in entities)
        {
            if (await db.ShelfItems.SingleOrDefaultAsync(i => i.Id == entity.Id, ct) is not { RetiredAt: null } item) continue;
            if (item.Revision != entity.Version)
            {
                left.Add(new SkippedRow(entity.Row, $"{item.Code} {item.Name}", new RowProblem(null, typeof(OrdersText), "Import.TouchedSince")));
                continue;
            }
            if (entity.IsNew) item.Retire(office.Now, user.Actor.PersonId, UndoneReason);
            else JsonSerializer.Deserialize<Snapshot>(entity.Before!)!.GiveTo(item, user.Actor.PersonId, office.Now);
            item.Revise();
        }
        db.Announce(new KeyChanged(OrdersTopics.Shelf, 0));
        return left;
    }

    /// <summary>Reads the columns that only this kind has into the form.</summary>
    protected abstract void ReadOwn(RowReader reader, ItemForm form);

    protected static ImportColumn YesOrNo(string key, params IReadOnlyList<string> aliases) => ImportColumn.Of<OrdersText>(key, CellUse.Choice, 0, aliases) with
    {
        Choices = [ImportChoice.Of<OrdersText>(YesNo.Yes, "y", "1", "有"), ImportChoice.Of<OrdersText>(YesNo.No, "n", "0", "无")],
    };

    protected static bool IsYes(RowReader reader, string key, bool stored) => reader.Choice<YesNo>(key) is { } answer ? answer == YesNo.Yes : stored;

    internal sealed record Snapshot(
        string Name, string NameEn, long Fen, string Category, string Unit, string Allergens, bool IsVegetarian, bool IsHalal, int Days, int Meals,
        int Portions, int Limit, bool IsDelivered, int Threshold)
    {
        public static Snapshot Of(ShelfItem i) => new(
            i.Name, i.NameEn, i.PriceFen, i.Category, i.Unit, i.Allergens, i.IsVegetarian, i.IsHalal, i.Days, i.Meals, i.PortionsPerMeal, i.LimitPerPerson,
            i.IsDelivered, i.Threshold);

        public void GiveTo(ShelfItem item, long? by, DateTimeOffset at)
        {
            item.Rename(Name, NameEn);
            item.SetPrice(new Money(Fen), by, at);
            item.Describe(Category, Unit, Allergens, IsVegetarian, IsHalal);
            item.Serve(Days, Meals, Portions);
            item.Offer(Limit, IsDelivered, Threshold);
        }
    }

    private sealed class Plan : ImportPlan
    {
        private sealed record Line(RowVerdict Verdict, ShelfItem? Stored, ItemForm Form);

        private readonly List<Line> _lines = [];
        private readonly ItemsImport _kind;
        private readonly Dictionary<string, ShelfItem> _items, _alike;
        private readonly IReadOnlyList<Canteen> _canteens;
        private readonly IReadOnlyList<Stall> _stalls;
        private readonly DateTimeOffset _at;
        private readonly long? _by;

        public Plan(ItemsImport kind, List<ShelfItem> items, IReadOnlyList<Canteen> canteens, IReadOnlyList<Stall> stalls, ImportInput input)
        {
            (_kind, _canteens, _stalls, _at, _by) = (kind, canteens, stalls, kind.Now, kind.By);
            _items = items.ToDictionary(i => i.Code);
            _alike = items.GroupBy(i => CleanText.ComparisonKey(i.Code)).ToDictionary(g => g.Key, g => g.First());
            var reader = new RowReader(kind.Columns, input.CountsFrom1904);
            Dictionary<string, int> seen = [];
            foreach (var row in input.Rows)
            {
                reader.MoveTo(row);
                _lines.Add(Check(reader, seen));
                input.Progress(_lines.Count);
            }
        }

        public override IReadOnlyList<RowVerdict> Verdicts => [.. _lines.Select(l => l.Verdict)];

        public override Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            using var bulk = new BulkWriter(db);
            var taken = _lines.Where(l => l.Verdict.Outcome is ImportOutcome.New or ImportOutcome.Changed).ToList();
            var added = taken.Where(l => l.Stored is null).Select(l => (Line: l, Item: Made(l.Form))).ToList();
            bulk.AddUnaudited(added.Select(a => a.Item), ct);
            bulk.Add(added.Select(a => new AuditEntry
            {
                Entity = nameof(ShelfItem),
                EntityId = a.Item.Id,
                Field = "ImportBatch",
                New = batchId.ToString(CultureInfo.InvariantCulture),
                At = _at,
                ActorId = _by,
            }), ct);
            progress(added.Count);
            var changed = taken.Where(l => l.Stored is not null).ToDictionary(l => l.Stored!);
            var before = changed.Keys.ToDictionary(i => i, i => (JsonSerializer.Serialize(Snapshot.Of(i)), i.RetiredAt is not null));
            bulk.Change(changed.Keys, item =>
            {
                if (item.RetiredAt is not null) item.Restore();
                var form = changed[item].Form;
                item.Rename(form.Name!, form.NameEn ?? "");
                item.SetPrice(Money.FromYuan(form.Price!.Value), _by, _at);
                ItemService.Fill(item, form);
                item.Revise();
            }, ct);
            bulk.Add(changed.Keys.SelectMany(i => i.Prices), ct);
            progress(taken.Count);
            if (taken.Count > 0) db.Announce(new KeyChanged(OrdersTopics.Shelf, 0));
            IReadOnlyList<ImportedEntity> entities =
            [
                .. added.Select(a => new ImportedEntity(a.Line.Verdict.Row, a.Item.Id, IsNew: true, a.Item.Revision, null)),
                .. changed.Select(c => new ImportedEntity(
                    c.Value.Verdict.Row, c.Key.Id, IsNew: before[c.Key].Item2, c.Key.Revision, before[c.Key].Item2 ? null : before[c.Key].Item1)),
            ];
            return Task.FromResult(entities);
        }

        private ShelfItem Made(ItemForm form)
        {
            var (name, price) = (new LocalName(form.Name!, form.NameEn ?? ""), Money.FromYuan(form.Price!.Value));
            var item = form.StallId is { } stall ? ShelfItem.Dish(stall, form.Code!, name, price, _by, _at)
                : ShelfItem.Goods(form.Code!, name, price, _by, _at);
            ItemService.Fill(item, form);
            return item;
        }

        private Line Check(RowReader reader, Dictionary<string, int> seen)
        {
            var code = reader.Code(Code);
            var name = CleanText.Clean(reader.Text(Title));
            var label = $"{code} {name}".Trim();
            if (code is null) return Refused();
            // Two items may differ only by capital letters.
            var stored = _items.GetValueOrDefault(CleanText.Clean(code)) ?? _alike.GetValueOrDefault(CleanText.ComparisonKey(code));
            var (isRetired, staysRetired) = (stored is { RetiredAt: not null }, SaysRetired(reader.Text(State)));
            var isBack = isRetired && !staysRetired;
            if (isBack && stored!.RetiredBecause != UndoneReason) Note(reader, Code, "Import.Retired", stored.LocalName);
            if (staysRetired && !isRetired) Note(reader, State, "Import.NotRetired");
            var key = stored?.Code ?? CleanText.ComparisonKey(code);
            if (!seen.TryAdd(key, reader.Number)) Note(reader, Code, "Import.SameCodeTwice", seen[key]);
            var form = FormOf(stored, code);
            if (name.Length > 0) form.Name = name;
            if (CleanText.Clean(reader.Text(TitleEn)) is { Length: > 0 } english) form.NameEn = english;
            if (reader.Text(Category) is { } category) form.Category = CleanText.Clean(category);
            if (reader.Amount(Price) is { } price)
            {
                if (price is < 0 or > OrdersLimits.Price || decimal.Round(price, 2) != price) Note(reader, Price, "Import.Price");
                else form.Price = price;
            }
            _kind.ReadOwn(reader, form);
            if (_kind.Shelf == ShelfKind.Meals) FindStall(reader, form, stored);
            if (string.IsNullOrEmpty(form.Name)) Note(reader, Title, "Import.Missing");
            if (form.Price is null && reader.Problems.Count == 0) Note(reader, Price, "Import.Missing");
            if (isRetired && staysRetired && reader.Problems.Count == 0 && Changes(stored!, form).Count > 0)
                Note(reader, Code, "Import.Retired", stored!.LocalName);
            if (reader.Problems.Count > 0) return Refused();
            if (stored is null || isBack) return new Line(RowVerdict.New(reader.Number, label), stored, form);
            var changes = Changes(stored, form);
            return new Line(changes.Count == 0 ? RowVerdict.Same(reader.Number, label) : RowVerdict.Changed(reader.Number, label, changes), stored, form);

            Line Refused() => new(RowVerdict.Rejected(reader.Number, label, [.. reader.Problems]), null, new ItemForm());
        }

        private void FindStall(RowReader reader, ItemForm form, ShelfItem? stored)
        {
            var (canteen, stall) = (CleanText.ComparisonKey(reader.Text(Canteen)), CleanText.ComparisonKey(reader.Text(Stall)));
            if (stall.Length == 0)
            {
                if (stored is null) Note(reader, Stall, "Import.Missing");
                return;
            }
            var places = _canteens.Where(c => canteen.Length == 0 || c.Spellings.Contains(canteen)).ToDictionary(c => c.Id);
            var called = _stalls.Where(s => places.ContainsKey(s.CanteenId) && s.Spellings.Contains(stall)).ToList();
            // Its own stall may be retired, or have a name that others have, too.
            if (stored is not null && called.Exists(s => s.Id == stored.StallId)) return;
            var found = called.FindAll(s => s.RetiredAt is null && places[s.CanteenId].RetiredAt is null);
            if (found.Count != 1) Note(reader, Stall, "Import.UnknownStall", reader.Text(Stall));
            else if (stored is not null && stored.StallId != found[0].Id) Note(reader, Stall, "Import.OtherStall");
            else form.StallId = found[0].Id;
        }

        private ItemForm FormOf(ShelfItem? stored, string code) => stored is null
            ? new ItemForm { Shelf = _kind.Shelf, Code = code }
            : new ItemForm
            {
                Shelf = stored.Shelf,
                StallId = stored.StallId,
                Code = stored.Code,
                Name = stored.Name,
                NameEn = stored.NameEn,
                Price = stored.Price.Yuan,
                Category = stored.Category,
                Unit = stored.Unit,
                Allergens = stored.Allergens,
                IsVegetarian = stored.IsVegetarian,
                IsHalal = stored.IsHalal,
                Days = stored.Days,
                Meals = stored.Meals,
                Portions = stored.PortionsPerMeal,
                Limit = stored.LimitPerPerson,
                IsDelivered = stored.IsDelivered,
                Threshold = stored.Threshold,
            };

        private static List<FieldChange> Changes(ShelfItem item, ItemForm form)
        {
            List<FieldChange> changes = [];
            Compare(Title, item.Name, form.Name);
            Compare(TitleEn, item.NameEn, form.NameEn);
            Compare(Category, item.Category, form.Category);
            Compare(Price, item.Price.Yuan.ToString("0.00", CultureInfo.InvariantCulture), form.Price!.Value.ToString("0.00", CultureInfo.InvariantCulture));
            Compare(Unit, item.Unit, form.Unit);
            Compare(Allergens, AllergenList.Parse(item.Allergens).ToString(), AllergenList.Parse(form.Allergens).ToString());
            Compare(Vegetarian, Answer(item.IsVegetarian), Answer(form.IsVegetarian));
            Compare(Halal, Answer(item.IsHalal), Answer(form.IsHalal));
            Compare(Delivered, Answer(item.IsDelivered), Answer(form.IsDelivered));
            Compare(Days, ServedDays.ToDigits(item.Days), ServedDays.ToDigits(form.Days));
            Compare(Meals, Number(item.Meals), Number(form.Meals));
            Compare(Portions, Number(item.PortionsPerMeal), Number(form.Portions));
            Compare(Limit, Number(item.LimitPerPerson), Number(form.Limit));
            Compare(Threshold, Number(item.Threshold), Number(form.Threshold));
            return changes;

            void Compare(string column, string? old, string? typed)
            {
                if ((old ?? "") != (typed ?? "")) changes.Add(new FieldChange(column, old, typed));
            }
        }

        private static bool SaysRetired(string? typed) => CleanText.ComparisonKey(typed) is { Length: > 0 } said
            && (said == CleanText.ComparisonKey(RetiredState.Zh) || said == CleanText.ComparisonKey(RetiredState.En));

        private static string Answer(bool value) => (value ? YesNo.Yes : YesNo.No).ToString();

        private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

        private static void Note(RowReader reader, string column, string problem, params IReadOnlyList<object?> args) =>
            reader.AddProblem(new RowProblem(column, typeof(OrdersText), problem, args));
    }

    private DateTimeOffset Now => office.Now;

    private long? By => user.Actor.PersonId;
}
