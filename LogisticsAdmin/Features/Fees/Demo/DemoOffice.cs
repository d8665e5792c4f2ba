using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Demo;

/// <summary>
/// What the office of the demo does about its bills: thresholds, reminders, cut-offs, an examination week, move-out statements, and a statement of the
/// sandbox with a payment that nobody knows. Loaded once, after <see cref="DemoFees"/>.
/// </summary>
internal sealed class DemoOffice(
    IDbContextFactory<LogisticsDb> databases, IServiceScopeFactory scopes, CurrentUser user, LedgerWriter ledger, PersonalAccounts accounts,
    PaymentGateways gateways, StatementWork statements, OfficeTime office, IOptions<OfficeOptions> options)
{
    private const int Reminded = 6, Leaving = 2;

    private static readonly ArrearsTerms Electricity = new(2_000, 3_000, 10, 7, 6_000, 3), Water = new(1_000, 2_000, 10, 7, 0, 0);

    private static readonly TimeOnly Morning = new(9, 30);

    public async Task LoadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var kinds = await db.FeeKinds.AsNoTracking().Where(k => k.Code == "electricity" || k.Code == "cold-water")
            .ToDictionaryAsync(k => k.Code, k => k.Id, ct);
        if (kinds.Count < 2 || await FirstAsync(db, Role.Manager, ct) is not { } manager || await FirstAsync(db, Role.Technician, ct) is not { } technician)
            return;
        var debtors = await DebtorsAsync(db, kinds["electricity"], ct);
        await db.WriteAsync(async token =>
        {
            await SettingsAsync(db, kinds, token);
            var cut = await CutOffsAsync(db, kinds["electricity"], debtors, manager.Id, technician.Id, token);
            await RemindAsync(db, debtors, cut, token);
        }, ct);
        await MoveOutAsync(db, manager, ct);
        await StatementAsync(db, ct);
    }

    /// <summary>The rooms that owe something, the highest debts of electricity first.</summary>
    private async Task<List<Debtor>> DebtorsAsync(LogisticsDb db, long kind, CancellationToken ct)
    {
        var owing = await db.LedgerAccounts.AsNoTracking().Where(a => a.Kind == LedgerAccountKind.Room && a.BalanceFen < 0).OrderBy(a => a.Id).ToListAsync(ct);
        var unpaid = await ArrearsReader.UnpaidAsync(db, owing.Select(a => (a.Id, a.BalanceFen)), office.Today, ct);
        return
        [
            .. owing.Select(a => new Debtor(a, a.RoomId!.Value, unpaid[a.Id].Where(p => p.KindId == kind).Sum(p => p.Fen)))
                .OrderByDescending(d => d.Fen).ThenBy(d => d.RoomId),
        ];
    }

    private async Task SettingsAsync(LogisticsDb db, Dictionary<string, long> kinds, CancellationToken ct)
    {
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited<ArrearsSetting>([new(kinds["electricity"], Electricity), new(kinds["cold-water"], Water)], ct);
        // The last two weeks before the break.
        var (today, spans) = (office.Today, db.Set<CalendarSpan>());
        var end = await spans.AsNoTracking().Where(s => s.Kind == SpanKind.TermBreak && s.From > today).OrderBy(s => s.From).Select(s => (DateOnly?)s.From)
            .FirstOrDefaultAsync(ct);
        if (end is { } day) bulk.AddUnaudited<ExamPeriod>([new(day.AddDays(-14), day.AddDays(-3), "期末考试周")], ct);
    }

    /// <summary>One that is announced, one that a technician is to carry out, and one that was carried out and paid since; returns their rooms.</summary>
    private async Task<HashSet<long>> CutOffsAsync(
        LogisticsDb db, long kind, List<Debtor> debtors, long manager, long technician, CancellationToken ct)
    {
        List<CutOffOrder> orders = [];
        var due = debtors.FindAll(d => d.Fen >= Electricity.CutOffFen);
        var paid = await db.LedgerAccounts.AsNoTracking().Where(a => a.Kind == LedgerAccountKind.Room && a.BalanceFen >= 0)
            .OrderByDescending(a => a.Id).Select(a => a.RoomId!.Value).FirstOrDefaultAsync(ct);
        if (due.Count > 1)
        {
            orders.Add(await OrderAsync(due[0].RoomId, due[0].Fen, 9));
            orders[^1].Propose();
            orders[^1].Approve(manager, Then(4));
            orders[^1].Assign(technician, manager);
            orders.Add(await OrderAsync(due[1].RoomId, due[1].Fen, 1));
        }
        if (paid > 0)
        {
            var done = await OrderAsync(paid, 7_260, 14);
            done.Propose();
            done.Approve(manager, Then(10));
            done.Assign(technician, manager);
            done.Cut(technician, "已拉闸，表箱上锁", Then(7 + SinceFriday(office.Today)));
            done.Pay(Then(0));
            orders.Add(done);
        }
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited(orders, ct);
        return [.. orders.Select(o => o.RoomId)];

        async Task<CutOffOrder> OrderAsync(long room, long fen, int daysAgo)
        {
            var day = office.Today.AddDays(-daysAgo);
            var number = await db.NextNumberAsync(ArrearsLimits.Series, day, ct);
            return new CutOffOrder(number, room, kind, fen, Electricity.CutOffFen, day.AddDays(Electricity.NoticeDays), Then(daysAgo));
        }
    }

    /// <summary>Those with the highest debts were reminded some days ago, and those about to be cut off a week before as well.</summary>
    private async Task RemindAsync(LogisticsDb db, List<Debtor> debtors, HashSet<long> cut, CancellationToken ct)
    {
        var some = debtors.Where(d => d.Fen >= Electricity.ArrearsFen).Take(Reminded).ToList();
        var payers = await ArrearsNotices.PayersAsync(db, [.. some.Select(d => d.Account)], ct);
        var places = await ArrearsNotices.PlacesAsync(db, some.Select(d => d.RoomId), ct);
        foreach (var debtor in some)
        {
            foreach (var daysAgo in cut.Contains(debtor.RoomId) ? new[] { 14, 5 } : [4])
            {
                var then = DemoMoment.Of(office, options, office.Today.AddDays(-daysAgo), Morning);
                new ArrearsNotices(user, then).Remind(
                    db, debtor.Account, FeeNoticeKind.Arrears, [.. payers[debtor.Account.Id]], places.GetValueOrDefault(debtor.RoomId));
            }
        }
    }

    /// <summary>Two people who leave today have settled: the meters of their rooms were read.</summary>
    private async Task MoveOutAsync(LogisticsDb db, Person manager, CancellationToken ct)
    {
        var today = office.Today;
        var stays = db.Set<Occupancy>();
        // What they pay of their room's debt would end its cut-off.
        var cutOffs = db.CutOffOrders;
        var rooms = await db.LedgerAccounts.Where(a => a.Kind == LedgerAccountKind.Room && !cutOffs.Any(o => o.RoomId == a.RoomId))
            .OrderBy(a => a.BalanceFen).Select(a => a.RoomId!.Value).ToListAsync(ct);
        List<long> leaving = [];
        foreach (var room in rooms)
        {
            // Whom the demo names for signing in stays; others sign in with their number.
            var last = await stays.AsNoTracking().Where(o => o.RoomId == room && o.Until == null && stays.Count(x => x.RoomId == room && x.Until == null) > 1)
                .Join(db.Users, o => o.PersonId, p => p.Id, (o, p) => p).Where(p => p.UserName == p.Number)
                .OrderByDescending(p => p.Id).Select(p => (long?)p.Id).FirstOrDefaultAsync(ct);
            if (last is not { } person) continue;
            await ReadAsync(db, room, today, ct);
            leaving.Add(person);
            if (leaving.Count == Leaving) break;
        }
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(
            new Actor(manager.Id, manager.FullName, new HashSet<Role> { Role.Manager }, null, null));
        var service = scope.ServiceProvider.GetRequiredService<MoveOutService>();
        foreach (var person in leaving)
        {
            var draft = await service.DrawUpAsync(person, today, ct);
            await service.SettleAsync(new MoveOutForm
            {
                PersonId = person,
                LeavingDay = today,
                ResultFen = draft.Figures.Result.Fen,
                Way = draft.Figures.Result < Money.Zero ? MoveOutWay.Cash : MoveOutWay.Account,
            }, ct);
        }
    }

    /// <summary>Reads the meters of a room, where nobody has on this day: they show what they usually would.</summary>
    private Task ReadAsync(LogisticsDb db, long room, DateOnly day, CancellationToken ct) => db.WriteAsync(async token =>
    {
        var meters = await db.MeterRooms.Where(r => r.RoomId == room && r.LastDay == null).Select(r => r.MeterId).ToListAsync(token);
        foreach (var meter in meters)
        {
            var chain = await ReadingChain.OfAsync(db, meter, token);
            if (chain.Slots[^1].Day >= day || chain.Expected(day) is not { } value) continue;
            db.MeterReadings.Add(new MeterReading(meter, day, value, ReadingSource.Read, false, null, office.Now, Guid.NewGuid()));
        }
    }, ct);

    /// <summary>Yesterday's statement of the sandbox: a payment of a resident, and one that fits no order.</summary>
    private async Task StatementAsync(LogisticsDb db, CancellationToken ct)
    {
        if (gateways.Find(SandboxGateway.SandboxName) is not { } sandbox) return;
        var yesterday = office.Today.AddDays(-1);
        var then = DemoMoment.Of(office, options, yesterday, new TimeOnly(20, 15));
        var resident = await db.Users.AsNoTracking().Where(p => p.RoomId != null && p.UserName != p.Number && p.RetiredAt == null).OrderBy(p => p.Id)
            .Select(p => p.Id).FirstOrDefaultAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (resident > 0)
            {
                var request = PaymentWriter.RequestNumber("CZ-DEMO");
                var own = await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(resident), token);
                var paid = new UnknownPayment(sandbox.Name, request, $"SB{request}", new Money(5_000));
                await new PaymentWriter(ledger, accounts, then).CreditAsync(db, paid, own, "", resident, key: null, token);
                db.SandboxTrades.Add(TradeOf(request, 5_000));
            }
            db.SandboxTrades.Add(TradeOf("CZ20260830_0007_5d1c9a40", 8_800));
        }, ct);
        await statements.FetchAsync(sandbox, yesterday, null, ct);

        SandboxTrade TradeOf(string request, long fen)
        {
            var trade = new SandboxTrade(request, new Money(fen));
            trade.Pay(then.Now);
            return trade;
        }
    }

    // Nothing is cut off on weekends.
    private static int SinceFriday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => 1,
        DayOfWeek.Sunday => 2,
        _ => 0,
    };

    private DateTimeOffset Then(int daysAgo) => DemoMoment.Of(office, options, office.Today.AddDays(-daysAgo), Morning).Now;

    private static Task<Person?> FirstAsync(LogisticsDb db, Role role, CancellationToken ct) =>
        ArrearsNotices.Holders(db, [role]).OrderBy(p => p.Id).FirstOrDefaultAsync(ct);

    private sealed record Debtor(LedgerAccount Account, long RoomId, long Fen);
}
