using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Imports;

/// <summary>
/// Imports balances taken over from another system, one for each room or person, booked against the account of opening balances. For managers and
/// administrators. Undo books the reverse; then another one may be imported.
/// </summary>
public sealed class OpeningBalancesImport(CurrentUser user, OfficeTime office) : ImportKind
{
    internal const string Day = "fee-day";

    private const int Step = 500;
    private const string Prefix = "opening:", Undone = ":undo";

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        .. KnownPayers.Columns,
        ImportColumn.Of<FeeImportsText>(KnownPayers.Amount, CellUse.Amount, 0, "余额", "期初余额", "balance", "opening balance") with
        { Required = true },
        ImportColumn.Of<FeeImportsText>(Day, CellUse.Day, 0, "截止日期", "余额日期", "date", "as of") with { Required = true },
        ImportColumn.Of<FeeImportsText>(KnownPayers.Note, CellUse.Text, FeesLimits.Note, "备注", "remark"),
    ];

    public override string Key => "opening-balances";
    public override LocalName Name => LocalName.Of<FeeImportsText>("Import.OpeningBalances");
    public override string ResultAddress => "fees/accounts";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.IsManagement;

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct) =>
        new Plan(await KnownPayers.ReadAsync(db, ct), await OpeningsAsync(db, ct), input, office, user.Actor.PersonId);

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        using var bulk = new BulkWriter(db);
        foreach (var some in entities.Chunk(Step))
        {
            var ids = some.Select(e => e.Id).ToList();
            var booked = await db.LedgerTransactions.AsNoTracking().Include(t => t.Entries).ThenInclude(e => e.Account)
                .Where(t => ids.Contains(t.Id)).OrderBy(t => t.Id).ToListAsync(ct);
            var ledger = await LedgerBatch.BeginAsync(
                db, [.. booked.SelectMany(t => t.Entries).Select(e => e.Account)], office.Today, office.Now, ct);
            foreach (var transaction in booked)
            {
                ledger.PostNoted(
                    TransactionKind.Opening, transaction.Reference + Undone, transaction.Text, user.ActorOrNull?.PersonId,
                    [.. transaction.Entries.Select(e => (e.Account.Key, new Money(-e.AmountFen)))]);
            }
            ledger.Write(bulk, ct);
        }
        return [];
    }

    /// <summary>What was booked for each account: how often, and the one in force, which was not taken back.</summary>
    private static async Task<Dictionary<string, Opening>> OpeningsAsync(LogisticsDb db, CancellationToken ct)
    {
        var booked = await (
            from transaction in db.LedgerTransactions.AsNoTracking()
            where transaction.Kind == TransactionKind.Opening && transaction.Reference.StartsWith(Prefix)
            join entry in db.LedgerEntries on transaction.Id equals entry.TransactionId
            where entry.Account.Kind == LedgerAccountKind.Room || entry.Account.Kind == LedgerAccountKind.Person
            orderby transaction.Id
            select new { entry.Account.Key, transaction.Reference, transaction.Text, entry.AmountFen }).ToListAsync(ct);
        return booked.GroupBy(b => b.Key).ToDictionary(g => g.Key, g =>
        {
            var undone = g.Where(b => b.Reference.EndsWith(Undone, StringComparison.Ordinal)).Select(b => b.Reference[..^Undone.Length]).ToHashSet();
            var made = g.Where(b => !b.Reference.EndsWith(Undone, StringComparison.Ordinal)).ToList();
            var inForce = made.Find(b => !undone.Contains(b.Reference));
            return new Opening(made.Count, inForce is null ? null : new Money(inForce.AmountFen), inForce?.Text ?? "");
        });
    }

    private sealed record Opening(int Times, Money? Amount, string Text);

    private sealed class Plan : ImportPlan
    {
        private sealed record Line(int Row, string Label, LedgerAccount? Account, Money Amount, string Text, bool IsSame, IReadOnlyList<RowProblem> Problems);

        private readonly List<Line> _lines = [];
        private readonly Dictionary<string, Opening> _known;
        private readonly OfficeTime _office;
        private readonly long? _by;

        public Plan(KnownPayers payers, Dictionary<string, Opening> known, ImportInput input, OfficeTime office, long? by)
        {
            (_known, _office, _by) = (known, office, by);
            var reader = new RowReader(All, input.CountsFrom1904);
            Dictionary<string, int> seen = [];
            foreach (var row in input.Rows)
            {
                reader.MoveTo(row);
                _lines.Add(Check(reader, payers, seen));
                input.Progress(_lines.Count);
            }
        }

        public override IReadOnlyList<RowVerdict> Verdicts =>
        [
            .. _lines.Select(l => l.Problems.Count > 0 ? RowVerdict.Rejected(l.Row, l.Label, l.Problems)
                : l.IsSame ? RowVerdict.Same(l.Row, l.Label) : RowVerdict.New(l.Row, l.Label)),
        ];

        public override async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            var opening = LedgerAccount.OfOffice(LedgerAccountKind.Opening);
            var added = _lines.Where(l => l.Problems.Count == 0 && !l.IsSame).ToList();
            var ledger = await LedgerBatch.BeginAsync(db, [.. added.Select(l => l.Account!), opening], _office.Today, _office.Now, ct);
            List<(Line Line, LedgerTransaction Booked)> booked = [];
            foreach (var line in added)
            {
                var (key, times) = (line.Account!.Key, _known.GetValueOrDefault(line.Account.Key)?.Times ?? 0);
                booked.Add((line, ledger.PostNoted(
                    TransactionKind.Opening, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{key}:{times + 1}"), line.Text, _by,
                    (key, line.Amount), (opening.Key, Money.Zero - line.Amount))));
            }
            using var bulk = new BulkWriter(db);
            ledger.Write(bulk, ct);
            progress(_lines.Count);
            return [.. booked.Select(b => new ImportedEntity(b.Line.Row, b.Booked.Id, IsNew: true, 1, null))];
        }

        private Line Check(RowReader reader, KnownPayers payers, Dictionary<string, int> seen)
        {
            var (account, amount) = (payers.PayerOf(reader), KnownPayers.AmountOf(reader, isSigned: true));
            var (day, note) = (reader.Day(Day), reader.Text(KnownPayers.Note));
            if (day > _office.Today) KnownPayers.Report(reader, Day, "Import.DayInFuture");
            var text = CleanText.Clean($"{day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {note}");
            var isSame = false;
            if (account is not null && !seen.TryAdd(account.Key, reader.Number))
            {
                KnownPayers.Report(reader, account.RoomId is null ? KnownPayers.Number : KnownPayers.Room, "Import.SamePayerTwice", seen[account.Key]);
            }
            else if (account is not null && amount is { } wanted)
            {
                var known = _known.GetValueOrDefault(account.Key);
                // A balance of nothing needs no booking.
                isSame = known?.Amount is { } booked ? booked == wanted && known.Text == text : wanted == Money.Zero;
                if (known?.Amount is { } other && !isSame) KnownPayers.Report(reader, KnownPayers.Amount, "Import.OpeningKnown", other, known.Text);
            }
            return new Line(reader.Number, KnownPayers.LabelOf(reader), account, amount ?? Money.Zero, text, isSame, [.. reader.Problems]);
        }
    }
}
