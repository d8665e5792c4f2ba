using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Imports;

/// <summary>
/// Imports charges of kinds without meters as bills, one for each room or person, kind and period. For managers and administrators. Undo gives them back
/// by corrections; then another amount may be imported, or a run bills the period.
/// </summary>
public sealed class FixedChargesImport(CurrentUser user, OfficeTime office) : ImportKind
{
    internal const string Kind = "fee-kind", Period = "fee-period";

    private const int Step = BillingFacts.Batch;

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<FeeImportsText>(Kind, CellUse.Text, 80, "费用类型", "费用", "项目", "收费项目", "kind") with { Required = true },
        .. KnownPayers.Columns,
        ImportColumn.Of<FeeImportsText>(Period, CellUse.Code, 20, "期间", "月份", "学年", "billing period") with { Required = true },
        ImportColumn.Of<FeeImportsText>(KnownPayers.Amount, CellUse.Amount, 0, "应收金额", "应收", "charge") with { Required = true },
        ImportColumn.Of<FeeImportsText>(KnownPayers.Note, CellUse.Text, FeesLimits.Note, "备注", "remark"),
    ];

    public override string Key => "fixed-charges";
    public override LocalName Name => LocalName.Of<FeeImportsText>("Import.FixedCharges");
    public override string ResultAddress => "fees/bills";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.IsManagement;

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var kinds = await db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null).OrderBy(k => k.Id).ToListAsync(ct);
        Dictionary<BillingCycle, IReadOnlyList<FeePeriod>> periods = [];
        foreach (var cycle in kinds.Select(k => k.Cycle).Distinct()) periods[cycle] = await FeePeriods.OfferedAsync(db, cycle, office.Today, ct);
        var plan = new Plan(await KnownPayers.ReadAsync(db, ct), kinds, periods, input, office, user.Actor.PersonId);
        await plan.JudgeAsync(db, ct);
        return plan;
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        List<SkippedRow> left = [];
        using var bulk = new BulkWriter(db);
        foreach (var some in entities.Chunk(Step))
        {
            var ids = some.Select(e => e.Id).ToList();
            var roots = await db.Bills.Where(b => ids.Contains(b.Id)).Select(b => new { b.Id, Root = b.CorrectsId ?? b.Id })
                .ToDictionaryAsync(b => b.Id, b => b.Root, ct);
            var all = await WithCorrectionsAsync(db, [.. roots.Values], ct);
            List<(IReadOnlyList<Bill> SoFar, Money Amount)> back = [];
            foreach (var entity in some.Where(e => roots.ContainsKey(e.Id)))
            {
                List<Bill> own = [.. all[roots[entity.Id]]];
                if (own[^1].Id == entity.Id) back.Add((own, Money.Zero));
                else left.Add(new SkippedRow(entity.Row, own[0].Number, new RowProblem(null, typeof(FeeImportsText), "Import.ChangedSince")));
            }
            var bills = await CorrectAsync(db, back, office, ct);
            await StoreAsync(db, bulk, [.. bills.Select(b => (b, ""))], office, user.ActorOrNull?.PersonId, ct);
        }
        return left;
    }

    /// <summary>Bills and their corrections by the id of the bill, the oldest first.</summary>
    private static async Task<ILookup<long, Bill>> WithCorrectionsAsync(LogisticsDb db, IReadOnlyList<long> roots, CancellationToken ct)
    {
        List<Bill> bills = [];
        foreach (var ids in roots.Distinct().Chunk(Step))
        {
            bills.AddRange(await db.Bills.AsNoTracking().Include(b => b.Shares)
                .Where(b => ids.Contains(b.Id) || (b.CorrectsId != null && ids.Contains(b.CorrectsId.Value))).ToListAsync(ct));
        }
        return bills.OrderBy(b => b.Id).ToLookup(b => b.CorrectsId ?? b.Id);
    }

    /// <summary>Corrections of bills to other amounts.</summary>
    private static async Task<IReadOnlyList<Bill>> CorrectAsync(
        LogisticsDb db, List<(IReadOnlyList<Bill> SoFar, Money Amount)> wanted, OfficeTime office, CancellationToken ct)
    {
        var numbers = await NumbersAsync(db, wanted.Count, office, ct);
        return [.. wanted.Zip(numbers, (w, number) =>
        {
            var bill = w.SoFar[0];
            return new Bill(
                number, BillKind.Correction, bill.FeeKindId, bill.FeePeriod, bill.Subject, bill.RoomId, bill.PersonId, bill.First, bill.Last, office.Now)
                .Correct(w.SoFar, BillProof.Parse(bill.Proof) with { Rates = [RateOf(bill.FeePeriod, w.Amount)] });
        })];
    }

    /// <summary>One unit at the price of the whole charge, from no list of rates.</summary>
    private static RateProof RateOf(FeePeriod period, Money amount) => new(null, PriceRule.Flat(amount.Yuan), period.First, period.Last);

    private static async Task<IReadOnlyList<string>> NumbersAsync(LogisticsDb db, int count, OfficeTime office, CancellationToken ct)
    {
        if (count == 0) return [];
        var (day, first) = (office.Today, await db.TakeNumbersAsync(BillingWork.Series, office.Today, count, ct));
        return [.. Enumerable.Range(first, count).Select(number => DayNumbers.Format(BillingWork.Series, day, number))];
    }

    private static async Task StoreAsync(
        LogisticsDb db, BulkWriter bulk, IReadOnlyList<(Bill Bill, string Note)> bills, OfficeTime office, long? by, CancellationToken ct)
    {
        if (bills.Count == 0) return;
        bulk.AddUnaudited(bills.Select(b => b.Bill).ToList(), ct);
        List<SettledShare> shares = [];
        foreach (var some in bills.Select(b => b.Bill).GroupBy(b => b.FeeKindId))
            shares.AddRange(await BillingFacts.SettledAsync(db, some.Key, [.. some.Select(b => b.Subject).Distinct()], ct));
        var settled = shares.ToLookup(s => (s.FeeKindId, s.Subject));
        var givenBack = await BillingWork.GivenBackAsync(db, [.. bills.Select(b => b.Bill)], ct);
        List<LedgerAccount> accounts =
        [
            .. bills.Select(b => BillingWork.AccountOf(b.Bill)), .. bills.Select(b => LedgerAccount.OfRevenue(b.Bill.FeeKindId)),
            .. shares.Select(s => LedgerAccount.OfPerson(s.PersonId)), .. givenBack.SelectMany(g => g).Select(g => LedgerAccount.OfPerson(g.PersonId)),
            LedgerAccount.OfOffice(LedgerAccountKind.MoveOut),
        ];
        var ledger = await LedgerBatch.BeginAsync(db, accounts, office.Today, office.Now, ct);
        foreach (var (bill, note) in bills)
        {
            var ofLeavers = BillingWork.LeaversOf(bill, [.. settled[(bill.FeeKindId, bill.Subject)]]);
            var rest = new Money(-bill.AmountFen) - ofLeavers.Sum(l => l.Amount);
            ledger.PostNoted(
                bill.Kind == BillKind.Correction ? TransactionKind.BillCorrection : TransactionKind.Bill, BillingWork.ReferenceOf(bill), note, by,
                [
                    (BillingWork.AccountOf(bill).Key, rest), .. ofLeavers, (LedgerAccount.OfRevenue(bill.FeeKindId).Key, new Money(bill.AmountFen)),
                    .. BillingWork.BackOf(bill, givenBack),
                ]);
        }
        ledger.Write(bulk, ct);
        db.Announce(new KeyChanged(FeesTopics.Runs, 0));
    }

    private sealed class Plan : ImportPlan
    {
        private sealed class Line
        {
            public required int Row { get; init; }
            public required string Label { get; init; }
            public required List<RowProblem> Problems { get; init; }
            public required LedgerAccount? Payer { get; init; }
            public required FeeKind? Kind { get; init; }
            public required FeePeriod? Period { get; init; }
            public required Money Amount { get; init; }
            public required string Note { get; init; }
            public bool IsSame { get; set; }

            /// <summary>A bill that was taken back, which this amount corrects again.</summary>
            public long? Corrects { get; set; }
            public IReadOnlyList<PersonDays> People { get; set; } = [];
        }

        private readonly List<Line> _lines = [];
        private readonly KnownPayers _payers;
        private readonly Dictionary<string, FeeKind> _kinds;
        private readonly Dictionary<BillingCycle, IReadOnlyList<FeePeriod>> _periods;
        private readonly OfficeTime _office;
        private readonly long? _by;

        public Plan(
            KnownPayers payers, IReadOnlyList<FeeKind> kinds, Dictionary<BillingCycle, IReadOnlyList<FeePeriod>> periods, ImportInput input, OfficeTime office,
            long? by)
        {
            (_payers, _periods, _office, _by) = (payers, periods, office, by);
            _kinds = kinds.SelectMany(k => new[] { k.Code, k.Name, k.NameEn }.Select(n => (Name: CleanText.ComparisonKey(n), Kind: k)))
                .GroupBy(k => k.Name).ToDictionary(g => g.Key, g => g.First().Kind);
            var reader = new RowReader(All, input.CountsFrom1904);
            Dictionary<(long, string, string), int> seen = [];
            foreach (var row in input.Rows)
            {
                reader.MoveTo(row);
                _lines.Add(Check(reader, seen));
                input.Progress(_lines.Count);
            }
        }

        public override IReadOnlyList<RowVerdict> Verdicts =>
        [
            .. _lines.Select(l => l.Problems.Count > 0 ? RowVerdict.Rejected(l.Row, l.Label, l.Problems)
                : l.IsSame ? RowVerdict.Same(l.Row, l.Label) : RowVerdict.New(l.Row, l.Label)),
        ];

        /// <summary>Compares the rows with the bills of their kinds and periods, and asks who lived in the rooms.</summary>
        public async Task JudgeAsync(LogisticsDb db, CancellationToken ct)
        {
            foreach (var some in _lines.Where(l => l.Problems.Count == 0).GroupBy(l => (Kind: l.Kind!.Id, Period: l.Period!)))
            {
                var period = some.Key.Period.Code;
                var billed = (await db.Bills.AsNoTracking().Where(b => b.FeeKindId == some.Key.Kind && b.Period == period)
                    .Select(b => new Billed(b.Id, b.Number, b.Subject, b.Kind, b.AmountFen)).ToListAsync(ct)).ToLookup(b => b.Subject);
                foreach (var line in some) Judge(line, [.. billed[line.Payer!.Key].OrderBy(b => b.Id)]);
                var (kind, first, last) = (some.Key.Kind, some.Key.Period.First, some.Key.Period.Last);
                var settled = (await db.SettledShares.AsNoTracking()
                    .Where(s => s.FeeKindId == kind && s.BillNumber == null && s.TakenBackAt == null && s.First <= last && first <= s.Last).OrderBy(s => s.Id)
                    .Select(s => new { s.Subject, s.Statement }).ToListAsync(ct)).ToLookup(s => s.Subject, s => s.Statement);
                // What was set aside for the bill of a run would be charged again.
                foreach (var line in some.Where(l => l is { Problems.Count: 0, IsSame: false } && settled.Contains(l.Payer!.Key)))
                    Refuse(line, Period, "Import.SettledBefore", settled[line.Payer!.Key].First());
                await FindPeopleAsync(db, some.Key.Period, [.. some.Where(l => l is { Problems.Count: 0, IsSame: false, Corrects: null })], ct);
            }
        }

        public override async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            var done = 0;
            List<ImportedEntity> stored = [];
            using var bulk = new BulkWriter(db);
            foreach (var some in _lines.Where(l => l.Problems.Count == 0 && !l.IsSame).Chunk(Step))
            {
                var (added, again) = (some.Where(l => l.Corrects is null).ToList(), some.Where(l => l.Corrects is not null).ToList());
                var numbers = await NumbersAsync(db, added.Count, _office, ct);
                var before = await WithCorrectionsAsync(db, [.. again.Select(l => l.Corrects!.Value)], ct);
                var corrections = await CorrectAsync(db, [.. again.Select(l => ((IReadOnlyList<Bill>)[.. before[l.Corrects!.Value]], l.Amount))], _office, ct);
                List<(Line Line, Bill Bill)> bills = [.. added.Zip(numbers, (l, number) => (l, BillOf(l, number))), .. again.Zip(corrections)];
                await StoreAsync(db, bulk, [.. bills.Select(b => (b.Bill, b.Line.Note))], _office, _by, ct);
                stored.AddRange(bills.Select(b => new ImportedEntity(b.Line.Row, b.Bill.Id, IsNew: true, b.Bill.Version, null)));
                progress(done += some.Length);
            }
            return stored;
        }

        private Bill BillOf(Line line, string number)
        {
            var (period, payer) = (line.Period!, line.Payer!);
            return new Bill(
                number, BillKind.Manual, line.Kind!.Id, period, payer.Key, payer.RoomId, payer.PersonId, period.First, period.Last, _office.Now)
                .Prove(new BillProof([], 1, period.First, period.Last, period.Months, [RateOf(period, line.Amount)], line.People, 0, 0, 0, 0));
        }

        private static void Judge(Line line, List<Billed> billed)
        {
            if (billed.Find(b => b.Kind == BillKind.Regular) is { } regular)
            {
                Refuse(line, Period, "Import.BilledByRun", regular.Number);
                return;
            }
            // Nothing but the imported bill and its corrections.
            if (billed.Count == 0) return;
            var charged = new Money(billed.Sum(b => b.AmountFen));
            if (charged == line.Amount) line.IsSame = true;
            else if (charged == Money.Zero) line.Corrects = billed.Find(b => b.Kind == BillKind.Manual)!.Id;
            else Refuse(line, KnownPayers.Amount, "Import.ChargeKnown", charged, billed[0].Number);
        }

        private async Task FindPeopleAsync(LogisticsDb db, FeePeriod period, List<Line> lines, CancellationToken ct)
        {
            var days = period.Last.DayNumber - period.First.DayNumber + 1;
            foreach (var line in lines.Where(l => l.Payer!.PersonId is not null)) line.People = [new PersonDays(line.Payer!.PersonId!.Value, days)];
            foreach (var some in lines.Where(l => l.Payer!.RoomId is not null).Chunk(Step))
            {
                var ids = some.Select(l => l.Payer!.RoomId!.Value).ToList();
                var stays = (await BillingFacts.StaysAsync(db, _office, o => ids.Contains(o.RoomId), ct)).ToLookup(s => s.RoomId);
                foreach (var line in some)
                {
                    line.People = Presence.Of([.. stays[line.Payer!.RoomId!.Value]], period.First, period.Last).People;
                    if (line.People.Count == 0) Refuse(line, KnownPayers.Room, "Import.NobodyLived", period.Code);
                }
            }
        }

        private Line Check(RowReader reader, Dictionary<(long, string, string), int> seen)
        {
            var (kind, payer, amount) = (KindOf(reader), _payers.PayerOf(reader), KnownPayers.AmountOf(reader, isSigned: false));
            if (kind is not null && payer is not null && (payer.PersonId is not null) != (kind.Payer == FeePayer.Person))
                KnownPayers.Report(reader, Kind, kind.Payer == FeePayer.Person ? "Import.OfPeople" : "Import.OfRooms", kind.LocalName);
            var period = kind is null ? null : PeriodOf(reader, kind);
            if (kind is not null && payer is not null && period is not null && !seen.TryAdd((kind.Id, payer.Key, period.Code), reader.Number))
                KnownPayers.Report(reader, Period, "Import.SameChargeTwice", seen[(kind.Id, payer.Key, period.Code)]);
            return new Line
            {
                Row = reader.Number,
                Label = $"{kind?.Name} {KnownPayers.LabelOf(reader)} {period?.Code}".Trim(),
                Problems = [.. reader.Problems],
                Payer = payer,
                Kind = kind,
                Period = period,
                Amount = amount ?? Money.Zero,
                Note = reader.Text(KnownPayers.Note) ?? "",
            };
        }

        private FeeKind? KindOf(RowReader reader)
        {
            if (reader.Text(Kind) is not { } name) return null;
            if (!_kinds.TryGetValue(CleanText.ComparisonKey(name), out var kind)) KnownPayers.Report(reader, Kind, "Import.UnknownKind", name);
            else if (kind.IsMetered) KnownPayers.Report(reader, Kind, "Import.IsMetered", kind.LocalName);
            else return kind;
            return null;
        }

        private FeePeriod? PeriodOf(RowReader reader, FeeKind kind)
        {
            if (reader.Code(Period) is not { } code) return null;
            var found = _periods[kind.Cycle].FirstOrDefault(p => string.Equals(p.Code, code, StringComparison.OrdinalIgnoreCase));
            if (found is null)
                KnownPayers.Report(reader, Period, "Import.UnknownPeriod", code, string.Join(", ", _periods[kind.Cycle].Take(3).Select(p => p.Code)));
            return found;
        }

        private static void Refuse(Line line, string column, string code, params IReadOnlyList<object?> args) =>
            line.Problems.Add(new RowProblem(column, typeof(FeeImportsText), code, args));

        private sealed record Billed(long Id, string Number, string Subject, BillKind Kind, long AmountFen);
    }
}
