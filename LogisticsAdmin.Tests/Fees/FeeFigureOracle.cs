using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>
/// The figures about fees a second time, slowly and from everything that is stored: accounts are followed entry by entry, and each payment settles the
/// oldest debt.
/// </summary>
internal sealed class FeeFigureOracle
{
    public required List<Bill> Bills { get; init; }
    public required List<LedgerTransaction> Transactions { get; init; }
    public required Dictionary<long, LedgerAccount> Accounts { get; init; }
    public required Dictionary<long, FeeKind> Kinds { get; init; }
    public required Dictionary<long, decimal?> Areas { get; init; }
    public required OfficeTime Office { get; init; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<FeeFigureOracle> ReadAsync(TestHost host) => host.InDatabaseAsync(async db => new FeeFigureOracle
    {
        Bills = await db.Bills.AsNoTracking().Include(b => b.Shares).OrderBy(b => b.Id).ToListAsync(Ct),
        Transactions = await db.LedgerTransactions.AsNoTracking().Include(t => t.Entries).OrderBy(t => t.Id).ToListAsync(Ct),
        Accounts = await db.LedgerAccounts.AsNoTracking().ToDictionaryAsync(a => a.Id, Ct),
        Kinds = await db.FeeKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, Ct),
        Areas = await db.Set<Room>().AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Area, Ct),
        Office = host.AsSystem().Get<OfficeTime>(),
    });

    /// <summary>The values of all figures of a period, by the last part of their code.</summary>
    public Dictionary<string, decimal?> Values(ReportPeriod period)
    {
        var (unpaid, later) = (Unpaid(period.Until), Unpaid(period.Until.AddMonths(1)));
        var bills = BillsOf(period);
        var due = bills.Where(b => Office.DayOf(b.At) < period.Until.AddMonths(1)).ToList();
        var collected = due.Sum(b => Charged(b) - later.Where(u => u.Bill == b.Number).Sum(u => u.Left));
        Dictionary<string, decimal?> values = new()
        {
            ["receivable"] = Yuan(bills.Sum(Charged)),
            ["corrections"] = Yuan(bills.Where(b => b.Kind == BillKind.Correction).Sum(Charged)),
            ["vacant"] = Yuan(bills.Sum(b => b.VacantFen)),
            ["collected"] = Yuan(collected),
            ["collection-rate"] = due.Sum(Charged) == 0 ? null : Four(collected / (decimal)due.Sum(Charged)),
            ["received"] = Yuan(Paid(period, TransactionKind.TopUp) + Paid(period, TransactionKind.Correction)),
            ["refunded"] = Yuan(-Paid(period, TransactionKind.Refund)),
            ["arrears"] = Yuan(unpaid.Sum(u => u.Left)),
            ["arrears-accounts"] = unpaid.Select(u => u.Account).Distinct().Count(),
            ["arrears-30"] = Yuan(Aged(0, 30)),
            ["arrears-60"] = Yuan(Aged(31, 60)),
            ["arrears-90"] = Yuan(Aged(61, 90)),
            ["arrears-older"] = Yuan(Aged(91, int.MaxValue)),
        };
        string[] own = ["electricity", "cold-water", "hot-water", "gas"];
        foreach (var name in own.Append("other"))
        {
            var used = bills.Where(b => b.Kind == BillKind.Regular && Kinds[b.FeeKindId] is { IsMetered: true } kind
                && (own.Contains(kind.Code) ? kind.Code : "other") == name).ToList();
            values[$"usage-{name}"] = used.Sum(b => b.Usage);
            var lived = used.Where(b => b.Shares.Count > 0).ToList();
            var people = lived.Sum(b => decimal.Round(b.Shares.Sum(s => s.Days) / (decimal)used.Where(u => IsSame(u, b)).Sum(Days), 4));
            values[$"per-person-{name}"] = people == 0 ? null : Four(lived.Sum(b => b.Usage) / people);
            var sized = used.Where(b => Areas[b.RoomId!.Value] is not null).ToList();
            var area = sized.Select(b => (b.FeeKindId, Room: b.RoomId!.Value)).Distinct().Sum(r => Areas[r.Room]!.Value);
            values[$"per-area-{name}"] = area == 0 ? null : Four(sized.Sum(b => b.Usage) / area);
        }
        return values;

        static bool IsSame(Bill one, Bill other) => one.RoomId == other.RoomId && one.FeeKindId == other.FeeKindId;

        long Aged(int from, int to) => unpaid.Where(u => period.Last.DayNumber - u.Day.DayNumber is var days && days >= from && days <= to).Sum(u => u.Left);
    }

    /// <summary>The bills of a period.</summary>
    public List<Bill> BillsOf(ReportPeriod period) => [.. Bills.Where(b => b.PeriodLast >= period.From && b.PeriodLast < period.Until)];

    /// <summary>The bills that are not paid at the end of a period, and how many other charges are not.</summary>
    public (List<string> Bills, int Others) UnpaidAt(ReportPeriod period)
    {
        var unpaid = Unpaid(period.Until);
        return ([.. unpaid.Select(u => u.Bill).OfType<string>().Order(StringComparer.Ordinal)], unpaid.Count(u => u.Bill is null));
    }

    private List<Debt> Unpaid(DateOnly until)
    {
        List<Debt> unpaid = [];
        foreach (var account in Accounts.Values.Where(a => a.Kind is LedgerAccountKind.Room or LedgerAccountKind.Person))
        {
            var (debts, credit) = (new List<Debt>(), 0L);
            foreach (var transaction in Transactions.Where(t => t.Day < until))
            {
                foreach (var entry in transaction.Entries.Where(e => e.AccountId == account.Id))
                {
                    if (entry.AmountFen < 0) debts.Add(new Debt(account.Id, transaction, BillOf(transaction), -entry.AmountFen));
                    else if (transaction.Kind == TransactionKind.BillCorrection) credit += GiveBack(entry.AmountFen, BillOf(transaction), debts);
                    else credit += entry.AmountFen;
                }
            }
            // What takes back a payment is paid by it; then comes a debt that was taken over, then the others from the oldest on.
            foreach (var debt in debts.OrderByDescending(d => RankOf(d.Transaction)))
            {
                var paid = Math.Min(credit, debt.Left);
                (credit, debt.Left) = (credit - paid, debt.Left - paid);
            }
            unpaid.AddRange(debts.Where(d => d.Left > 0));
        }
        return unpaid;
    }

    // Off the newest charges of the kind; returns what is left.
    private long GiveBack(long fen, string? bill, List<Debt> debts)
    {
        foreach (var debt in debts.AsEnumerable().Reverse().Where(d => KindOf(d.Bill) is { } kind && kind == KindOf(bill)))
        {
            var off = Math.Min(fen, debt.Left);
            (fen, debt.Left) = (fen - off, debt.Left - off);
        }
        return fen;
    }

    private long? KindOf(string? bill) => bill is null ? null : Bills.Single(b => b.Number == bill).FeeKindId;

    private int RankOf(LedgerTransaction transaction) => transaction.Kind switch
    {
        TransactionKind.Opening => 1,
        TransactionKind.Refund or TransactionKind.Charge => 2,
        TransactionKind.Correction when transaction.Entries.Any(e => Accounts[e.AccountId].Kind == LedgerAccountKind.Gateway) => 2,
        _ => 0,
    };

    private long Paid(ReportPeriod period, TransactionKind kind) => Transactions
        .Where(t => t.Kind == kind && t.Day >= period.From && t.Day < period.Until)
        .SelectMany(t => t.Entries).Where(e => Accounts[e.AccountId].Kind is LedgerAccountKind.Room or LedgerAccountKind.Person).Sum(e => e.AmountFen);

    private static string? BillOf(LedgerTransaction transaction) =>
        transaction.Kind is TransactionKind.Bill or TransactionKind.BillCorrection ? transaction.Reference["bill:".Length..] : null;

    private static int Days(Bill bill) => bill.Last.DayNumber - bill.First.DayNumber + 1;

    private static long Charged(Bill bill) => bill.AmountFen - bill.VacantFen;

    private static decimal Yuan(long fen) => fen / 100m;

    private static decimal Four(decimal value) => decimal.Round(value, 4, MidpointRounding.AwayFromZero);

    private sealed class Debt(long account, LedgerTransaction transaction, string? bill, long left)
    {
        public long Account => account;
        public LedgerTransaction Transaction => transaction;
        public DateOnly Day => transaction.Day;
        public string? Bill => bill;
        public long Left { get; set; } = left;
    }
}
