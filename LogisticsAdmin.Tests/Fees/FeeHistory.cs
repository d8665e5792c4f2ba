using System.Globalization;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Bills, payments, corrections, refunds and debts that are stored as the app books them, at the clock's time.</summary>
internal sealed class FeeHistory(TestHost host, IReadOnlyList<long> people)
{
    private int _number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<FeeHistory> OfAsync(TestHost host) => new(host, await host.InDatabaseAsync(db =>
        db.Users.Where(p => p.UserName == TestUsers.Resident || p.UserName == TestUsers.Technician).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(Ct)));

    public IReadOnlyList<long> People => people;

    private DateOnly Today => host.AsSystem().Get<OfficeTime>().Today;

    /// <summary>A regular bill of a room or person for a month: quantity × price, of people who were there on so many days.</summary>
    public async Task<Bill> BillAsync(string kind, LedgerAccount payer, FeePeriod period, decimal quantity, decimal price, int days = 30, int emptyDays = 0)
    {
        var kindId = (await host.FeeKindAsync(kind)).Id;
        IReadOnlyList<PersonDays> present = days == 0 ? [] : payer.PersonId is { } own ? [new PersonDays(own, days)]
            : [.. people.Select((p, i) => new PersonDays(p, Math.Max(1, days - i * 7)))];
        return await PostAsync(new Bill(
                Number(), BillKind.Regular, kindId, period, payer.Key, payer.RoomId, payer.PersonId, period.First, period.Last, host.Clock.GetUtcNow())
            .Prove(ProofOf(period, quantity, price, present, emptyDays)));
    }

    /// <summary>Another price for a bill; who moved out has so much of the difference on the own account.</summary>
    public async Task<Bill> CorrectAsync(Bill bill, decimal price, LedgerAccount? leaver = null, long leaverFen = 0)
    {
        var soFar = await host.InDatabaseAsync(db => db.Bills.AsNoTracking().Include(b => b.Shares)
            .Where(b => b.Id == bill.Id || b.CorrectsId == bill.Id).OrderBy(b => b.Id).ToListAsync(Ct));
        var proof = BillProof.Parse(bill.Proof);
        var other = proof with { Rates = [new RateProof(null, PriceRule.Flat(price), bill.First, bill.Last)] };
        return await PostAsync(new Bill(
            Number(), BillKind.Correction, bill.FeeKindId, bill.FeePeriod, bill.Subject, bill.RoomId, bill.PersonId, bill.First, bill.Last,
            host.Clock.GetUtcNow()).Correct(soFar, other), leaver, leaverFen);
    }

    /// <summary>A payment that the gateway corrected: more, or less, than was booked.</summary>
    public Task CorrectPaymentAsync(LedgerAccount account, long fen) =>
        BookAsync(TransactionKind.Correction, $"correction:{Number()}", (account, fen), (LedgerAccount.OfGateway("sandbox"), -fen));

    public Task PayAsync(LedgerAccount account, long fen) =>
        BookAsync(TransactionKind.TopUp, $"cash:{Number()}", (account, fen), (LedgerAccount.OfOffice(LedgerAccountKind.Cash), -fen));

    public Task RefundAsync(LedgerAccount account, long fen) =>
        BookAsync(TransactionKind.Refund, $"refund:{Number()}", (account, -fen), (LedgerAccount.OfOffice(LedgerAccountKind.Cash), fen));

    public Task TransferAsync(LedgerAccount from, LedgerAccount to, long fen) =>
        BookAsync(TransactionKind.Transfer, $"transfer:{Number()}", (from, -fen), (to, fen));

    public Task OpenAsync(LedgerAccount account, long fen) =>
        BookAsync(TransactionKind.Opening, $"opening:{Number()}", (account, fen), (LedgerAccount.OfOffice(LedgerAccountKind.Opening), -fen));

    private static BillProof ProofOf(FeePeriod period, decimal quantity, decimal price, IReadOnlyList<PersonDays> present, int emptyDays) => new(
        [], quantity, period.First, period.Last, period.Months, [new RateProof(null, PriceRule.Flat(price), period.First, period.Last)],
        present, emptyDays, 0, 0, 0);

    private async Task<Bill> PostAsync(Bill bill, LedgerAccount? leaver = null, long leaverFen = 0)
    {
        var payer = BillingWork.AccountOf(bill);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            db.Bills.Add(bill);
            await db.SaveChangesAsync(token);
            return 0;
        }, Ct));
        await BookAsync(
            bill.Kind == BillKind.Correction ? TransactionKind.BillCorrection : TransactionKind.Bill, BillingWork.ReferenceOf(bill),
            (payer, leaverFen - bill.Charged.Fen), (leaver ?? payer, -leaverFen), (LedgerAccount.OfOffice(LedgerAccountKind.Subsidy), -bill.VacantFen),
            (LedgerAccount.OfRevenue(bill.FeeKindId), bill.AmountFen));
        return bill;
    }

    private Task<bool> BookAsync(TransactionKind kind, string reference, params IReadOnlyList<(LedgerAccount Account, long Fen)> lines) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            List<(LedgerAccount, Money)> booked = [];
            foreach (var (account, fen) in lines) booked.Add((await LedgerWriter.AccountAsync(db, account, token), new Money(fen)));
            return await host.AsSystem().Get<LedgerWriter>().PostAsync(db, kind, reference, booked, token);
        }, Ct));

    private string Number() => string.Create(CultureInfo.InvariantCulture, $"ZD{Today:yyyyMMdd}-T{++_number:0000}");
}
