using System.Globalization;
using System.Net;
using CsCheck;
using LogisticsAdmin.Data;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Sections;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Documents;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Move-out statements: what who leaves pays, once, and what later bills charge the others. 100 units until the day of leaving, 160 in all.</summary>
public sealed partial class MoveOutTests
{
    private static readonly DateOnly Leaving = new(2026, 11, 20), MonthEnd = new(2026, 11, 30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_leaves_settles_their_days_and_a_later_run_charges_the_others_exactly_the_rest()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);

        var draft = await DrawUpAsync(host);
        var view = await SettledAsync(host, draft);

        var line = Assert.Single(draft.Figures.Lines);
        Assert.Equal((new DateOnly(2026, 11, 1), Leaving.AddDays(-1), 10_000L, 4_872L), (line.First, line.Last, line.TotalFen, line.AmountFen));
        Assert.Equal((-4_872L, "SJ20261122-0001", 4_872L), (view.Row.Result.Fen, view.Row.ReceiptNumber, view.Waiting.Fen));
        Assert.Equal(
            (0L, 0L, -4_872L, 4_872L),
            (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("cash"), await host.BalanceAsync("move-out")));

        await CheckOutAsync(host);
        await host.ReadAsync(meter, MonthEnd, 160);
        var bill = Assert.Single(await host.BillAsync("electricity", "2026-11"));

        Assert.Equal((16_000L, 0L), (bill.AmountFen, bill.VacantFen));
        Assert.Equal([4_872L, 11_128L], bill.Shares.Select(s => s.AmountFen).Order());
        Assert.Equal(
            (0L, -11_128L, 0L, 16_000L),
            (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("move-out"), await RevenueAsync(host)));
        await host.DemandSoundAsync();

        await host.AsSystem().Get<BillNotices>().RunAsync(Ct);
        Assert.Empty(await host.ToldAsync(ArrearsNotificationKind.BillIssued));
        Assert.Equal(["11128"], await host.ToldAsync(ArrearsNotificationKind.BillIssued, TestUsers.Technician));
    }

    [Fact]
    public async Task Rates_corrected_after_that_are_charged_to_the_own_account_of_who_left()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);
        await SettledAsync(host, await DrawUpAsync(host));
        await CheckOutAsync(host);
        await host.ReadAsync(meter, MonthEnd, 160);
        await host.BillAsync("electricity", "2026-11");

        await host.RateAsync("electricity", PriceRule.Flat(2), new DateOnly(2026, 10, 1));
        await CorrectAsync(host);

        // Of 160 yuan more, 19 of 49 days.
        Assert.Equal((-6_204L, -11_128L - 9_796, 0L), (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("move-out")));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Two_months_without_a_bill_are_settled_together_and_no_bill_takes_more()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host, new DateOnly(2026, 9, 30));
        await host.ReadAsync(meter, new DateOnly(2026, 10, 31), 40);
        await host.ReadAsync(meter, Leaving, 100);

        var charges = (await SettledAsync(host, await DrawUpAsync(host))).Figures.Charges.Fen;
        await CheckOutAsync(host);
        await host.ReadAsync(meter, MonthEnd, 160);
        List<Bill> bills = [.. await host.BillAsync("electricity", "2026-10"), .. await host.BillAsync("electricity", "2026-11")];

        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        Assert.Equal(16_000, bills.Sum(b => b.AmountFen));
        Assert.All(bills, b => Assert.Equal(b.AmountFen, b.VacantFen + b.Shares.Sum(s => s.AmountFen)));
        Assert.Equal(charges, bills.SelectMany(b => b.Shares).Where(s => s.PersonId == me).Sum(s => s.AmountFen));
        Assert.Equal((0L, charges - 16_000, 0L), (await OwnAsync(host), await host.BalanceAsync(Key(room)), await host.BalanceAsync("move-out")));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_meter_that_is_replaced_on_the_day_of_leaving_changes_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        var form = new MeterForm
        {
            Version = await host.InDatabaseAsync(db => db.Meters.Where(m => m.Id == meter).Select(m => m.Version).SingleAsync(Ct)),
            Day = Leaving,
            Closing = 100,
            Number = "new",
            Opening = 5,
        };
        var replaced = await (await host.AsAsync(TestUsers.Manager)).Get<MeterService>().ReplaceAsync(meter, form, Ct);

        var draft = await DrawUpAsync(host);
        Assert.True(draft.IsRead);
        Assert.Equal(4_872, draft.Figures.Charges.Fen);
        await SettledAsync(host, draft);
        await CheckOutAsync(host);
        await host.ReadAsync(replaced.Id!.Value, MonthEnd, 65);
        await host.BillAsync("electricity", "2026-11");

        Assert.Equal((0L, -11_128L), (await OwnAsync(host), await host.BalanceAsync(Key(room))));
    }

    [Fact]
    public async Task A_fee_of_a_person_is_settled_for_its_part_of_the_period_and_billed_once()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await host.RateAsync("internet", PriceRule.Flat(30));

        var draft = await DrawUpAsync(host);
        var open = draft.Figures.Lines.Where(l => !l.IsOfRoom).ToList();
        await SettledAsync(host, draft);
        await CheckOutAsync(host);
        var bills = await host.BillAsync("internet", Assert.Single(open).Period);

        Assert.Equal(draft.Figures.Charges.Fen, bills.Single(b => b.PersonId == draft.Stay.PersonId).AmountFen);
        Assert.Equal((0L, 0L), (await OwnAsync(host), await host.BalanceAsync("move-out")));
    }

    [Fact]
    public async Task Settling_twice_at_once_settles_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (_, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);
        var draft = await DrawUpAsync(host);
        var (one, other) = ((await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>(), (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutService>());

        var ids = await Task.WhenAll(one.SettleAsync(FormOf(draft), Ct), other.SettleAsync(FormOf(draft), Ct));

        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(ids[0], (await DrawUpAsync(host)).SettledId);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.PaymentOrders.CountAsync(Ct)));
        Assert.Equal((0L, 4_872L), (await OwnAsync(host), await host.BalanceAsync("move-out")));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Who_owes_nothing_is_settled_with_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);

        var view = await SettledAsync(host, await DrawUpAsync(host), way: null);

        Assert.Equal((0L, null, MoveOutWay.Account), (view.Row.Result.Fen, view.Row.ReceiptNumber, view.Row.Way));
        Assert.Empty(view.Figures.Lines);
        Assert.Empty(await HoldsAsync(host));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerTransactions.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_part_of_the_rooms_debt_goes_to_the_own_account_and_holds_up_the_check_out_until_it_is_paid()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        await PostAsync(host, LedgerAccount.OfRoom(room), -1_001);
        await host.ReadAsync(meter, Leaving, 0);

        var draft = await DrawUpAsync(host);
        await SettledAsync(host, draft, MoveOutWay.Account);

        Assert.Equal((2, true), (draft.Figures.RoomPeople, draft.Figures.RoomPart.Fen is -500 or -501));
        Assert.Equal(-1_001, await OwnAsync(host) + await host.BalanceAsync(Key(room)));
        Assert.Equal($"fees/move-outs/new?person={draft.Stay.PersonId}", Assert.Single(await HoldsAsync(host)).Address);
        var account = await host.AccountAsync(LedgerAccount.PersonKey(draft.Stay.PersonId));
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>().TakeCashAsync(
            new CashForm { AccountId = account, Amount = (Money.Zero - draft.Figures.Result).ToString(null, CultureInfo.InvariantCulture) }, Ct);
        Assert.Empty(await HoldsAsync(host));
    }

    [Fact]
    public async Task A_debt_belongs_to_those_who_used_what_is_not_paid()
    {
        await using var host = await TestHost.OpenAsync();
        var (_, meter) = await TwoPeopleAsync(host, new DateOnly(2026, 8, 31), otherFrom: new DateOnly(2026, 9, 21));
        await host.ReadAsync(meter, new DateOnly(2026, 9, 30), 80);
        await host.BillAsync("electricity", "2026-09");
        await host.ReadAsync(meter, Leaving, 80);

        // 30 days and 10 days of the one bill.
        Assert.Equal(-6_000, (await DrawUpAsync(host)).Figures.RoomPart.Fen);
    }

    [Fact]
    public async Task A_refund_in_cash_waits_for_a_second_person()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        await PostAsync(host, LedgerAccount.OfRoom(room), 6_000);
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await PostAsync(host, LedgerAccount.OfPerson(me), 10_000);

        var view = await SettledAsync(host, await DrawUpAsync(host));

        Assert.Equal((13_000L, "How.RefundWaits"), (view.Row.Result.Fen, view.HowKey));
        Assert.Contains("现金退款等待复核。", await PaperAsync(host, view), StringComparison.Ordinal);
        Assert.Equal((13_000L, 3_000L), (await OwnAsync(host), await host.BalanceAsync(Key(room))));
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>();
        await admin.ApproveAsync(Assert.Single(await admin.WaitingAsync(ct: Ct)).Id, Ct);
        Assert.Equal((0L, 13_000L), (await OwnAsync(host), await host.BalanceAsync("cash")));
        Assert.Contains("以现金退款。", await PaperAsync(host, view), StringComparison.Ordinal);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task What_was_not_read_or_shown_is_not_settled()
    {
        await using var host = await TestHost.OpenAsync();
        var (_, meter) = await TwoPeopleAsync(host);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>();
        var draft = await DrawUpAsync(host);
        Assert.False(draft.IsRead);
        await RefusedAsync("MeterUnread", FormOf(draft));
        await host.ReadAsync(meter, Leaving, 100);
        await RefusedAsync("ResultChanged", FormOf(draft));
        await RefusedAsync("DayInFuture", new MoveOutForm { PersonId = draft.Stay.PersonId, LeavingDay = new(2026, 11, 23) });
        await RefusedAsync("DayBeforeStay", new MoveOutForm { PersonId = draft.Stay.PersonId, LeavingDay = new(2026, 7, 1) });
        await Assert.ThrowsAsync<NotFound>(() => manager.SettleAsync(new MoveOutForm { PersonId = 99_999 }, Ct));

        async Task RefusedAsync(string code, MoveOutForm form) =>
            Assert.Equal(code, (await Assert.ThrowsAsync<Rejected>(() => manager.SettleAsync(form, Ct))).Code);
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, true)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task The_office_draws_up_and_reads_and_management_settles(string user, bool reads, bool settles)
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        var form = FormOf(await DrawUpAsync(host));
        var desk = await host.AsAsync(user);

        Assert.Equal(reads, await MayAsync(() => desk.Get<MoveOutService>().DrawUpAsync(form.PersonId, ct: Ct)));
        Assert.Equal(reads, await MayAsync(() => desk.Get<MoveOutQueries>().ListAsync(new MoveOutFilter(), Ct)));
        Assert.Equal(settles, await MayAsync(() => desk.Get<MoveOutService>().SettleAsync(form, Ct)));
        if (!settles) await (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>().SettleAsync(form, Ct);
        Assert.Equal(reads, await MayAsync(() => desk.Get<MoveOutDocument>().ReadAsync("JS20261122-0001", Ct)));
        Assert.Equal(
            reads, await desk.Get<IEnumerable<IPersonSection>>().OfType<MoveOutsOfPerson>().Single().ReadAsync(form.PersonId, 5, Ct) is { Total: 1 });
    }

    [Fact]
    public async Task The_list_finds_a_statement_by_number_person_and_room()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await SettledAsync(host, await DrawUpAsync(host), way: null);
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<MoveOutQueries>();

        foreach (var (typed, found) in new[]
        {
            ("", 1), ("js20261122-0001", 1), ("王小雨", 1), ("竹园3 512", 1), ("竹园3 511", 0), ("JS20261122-0002", 0),
        })
        {
            var window = await office.ListAsync(MoveOutFilter.Parse(typed, page: null), Ct);
            Assert.Equal((found, found), (window.Items.Count, window.Total));
        }
        Assert.Contains(await office.PeopleAsync("王小雨", ct: Ct), p => p is { Name: "王小雨", Home: "竹园3号楼 512" });
    }

    [Theory]
    [InlineData(Languages.Chinese, "退宿结算单", "应缴（元）", "竹园3号楼 512")]
    [InlineData(Languages.English, "Move-out statement", "To be paid (yuan)", "512")]
    public async Task The_paper_says_it_all_in_both_languages(string language, string title, string result, string place)
    {
        await using var host = await TestHost.OpenAsync();
        var (_, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);
        var number = (await SettledAsync(host, await DrawUpAsync(host))).Row.Number;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var paper = await desk.Get<MoveOutDocument>().ReadAsync(number, Ct);

        var text = await PdfTools.TextAsync(desk.Get<IDocumentEngine>().Write(paper, cancellation: Ct));

        foreach (var said in new[] { title, number, "王小雨", place, result, "-48.72", "100.00", "2026-11-19", "SJ20261122-0001" })
            Assert.Contains(said, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher, HttpStatusCode.OK, HttpStatusCode.NotFound)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Forbidden, HttpStatusCode.NotFound)]
    public async Task Pages_and_papers_are_for_the_office(string user, HttpStatusCode page, HttpStatusCode missing)
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(user);
        var me = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct));

        foreach (var address in new[] { "", "/new", $"/new?person={me}", "/new?person=99999", "/1" })
        {
            using var answer = await client.GetAsync($"/fees/move-outs{address}", Ct);
            if (page == HttpStatusCode.OK) Assert.Equal(page, answer.StatusCode);
            else Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }
        using var paper = await client.GetAsync("/fees/move-outs/JS20261122-0001.pdf", Ct);
        Assert.Equal(missing, paper.StatusCode);
    }

    [Fact]
    public async Task All_parts_add_up_to_the_fen_whoever_leaves_and_whenever()
    {
        await using var host = await TestHost.OpenAsync();
        await WithoutExamplesAsync(host);
        await host.RateAsync("electricity", new PriceRule(
            [new PriceStep(70, 0.4943m), new PriceStep(null, 0.7931m)], BillingCycle.Month,
            new FreeQuota(10, QuotaBasis.Person, BillingCycle.Month, [], CarriesOver: false)));
        var random = new Random(28);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>();
        var rooms = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.RetiredAt == null).OrderBy(r => r.Id).Take(12).Select(r => r.Id).ToListAsync(Ct));
        Dictionary<long, long> settled = [];
        List<(long Room, long Meter, decimal Value)> ends = [];
        foreach (var room in rooms)
        {
            var days = Enumerable.Range(0, 31).Select(_ => random.Next(0, 90) / 10m).ToArray();
            var meter = await host.MeterAsync("electricity", room, [(new DateOnly(2026, 10, 31), 0)]);
            var people = await PeopleAsync(host, room, random);
            ends.Add((room, meter, days.Sum()));
            HashSet<int> read = [];
            foreach (var (person, first) in people.Take(random.Next(0, 4)).OrderBy(p => p.Person).ToList())
            {
                var day = random.Next(Math.Max(first, 2), 23);
                if (read.Add(day)) await host.ReadAsync(meter, new DateOnly(2026, 11, day), days.Take(day).Sum());
                var draft = await manager.DrawUpAsync(person, new DateOnly(2026, 11, day), Ct);
                await manager.SettleAsync(FormOf(draft), Ct);
                settled[person] = draft.Figures.Charges.Fen;
                await EndAsync(host, person, new DateOnly(2026, 11, day));
            }
        }
        foreach (var (_, meter, value) in ends) await host.ReadAsync(meter, MonthEnd, value);

        var bills = await host.BillAsync("electricity", "2026-11");

        Assert.Equal(rooms.Count, bills.Count);
        foreach (var bill in bills)
        {
            Assert.Equal(bill.AmountFen, bill.VacantFen + bill.Shares.Sum(s => s.AmountFen));
            var parts = bill.Shares.Where(s => settled.ContainsKey(s.PersonId)).ToList();
            Assert.All(parts, s => Assert.Equal(settled[s.PersonId], s.AmountFen));
            Assert.Equal(-(bill.AmountFen - bill.VacantFen - parts.Sum(s => s.AmountFen)), await host.BalanceAsync(bill.Subject));
        }
        Assert.NotEmpty(settled);
        Assert.Equal(0, await host.BalanceAsync("move-out"));
        await host.DemandSoundAsync();
    }

    [Fact]
    public void A_proof_with_settled_parts_divides_any_amount_to_the_fen() =>
        Gen.Select(Gen.Int[0, 31].Array[1, 6], Gen.Int[0, 31], Gen.Long[-5_000, 500_000], Gen.Long[-500_000, 500_000]).Sample((days, empty, fen, amount) =>
        {
            var (first, last) = (new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1));
            IReadOnlyList<PersonDays> people = [.. days.Select((d, i) => new PersonDays(i + 1, d))];
            var emptyDays = Math.Min(empty, 31 - days.Max());
            var settlement = new Settlement(100_000, [new SettledPart(1, days[0], fen)], days.Length == 1 ? 31 : emptyDays);
            var proof = new BillProof([], 1, first, last, [first], [], people, emptyDays, 0, 0, 0, settlement);
            var (vacant, parts) = proof.Divide(new Money(amount));
            return vacant + parts.Sum(p => p) == new Money(amount) && proof.Divide(new Money(100_000)).People[0].Fen == fen
                && BillProof.Parse(proof.ToJson()).Settlement!.Parts[0] == settlement.Parts[0];
        });

    /// <summary>The student and the technician live in the student's room since August; nothing but electricity has a price, of one yuan.</summary>
    private static async Task<(long Room, long Meter)> TwoPeopleAsync(
        TestHost host, DateOnly? opening = null, bool isMetered = true, DateOnly? otherFrom = null)
    {
        await WithoutExamplesAsync(host);
        var room = (await host.ResidentsRoomAsync()).Id;
        await host.RateAsync("electricity", PriceRule.Flat(1));
        var from = At(new DateOnly(2026, 8, 1));
        await host.StaysAsync(room, (TestUsers.Resident, from, null), (TestUsers.Technician, otherFrom is { } day ? At(day) : from, null));
        return (room, isMetered ? await host.MeterAsync("electricity", room, [(opening ?? new DateOnly(2026, 10, 31), 0)]) : 0);
    }

    private static async Task WithoutExamplesAsync(TestHost host)
    {
        foreach (var kind in await host.InDatabaseAsync(db => db.FeeKinds.Select(k => k.Code).ToListAsync(Ct))) await host.WithoutRatesAsync(kind);
    }

    // Up to four new people, from different days of November on, and the days on which they moved in.
    private static async Task<List<(long Person, int First)>> PeopleAsync(TestHost host, long room, Random random)
    {
        List<int> starts = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(-10, 12))];
        return await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var stays = db.Set<Occupancy>();
            stays.RemoveRange(await stays.Where(o => o.RoomId == room).ToListAsync(token));
            List<(long, int)> people = [];
            foreach (var (i, start) in starts.Index())
            {
                var person = new Person($"m{room}-{i}", "甲", $"m{room}-{i}");
                db.Users.Add(person);
                await db.SaveChangesAsync(token);
                stays.Add(new Occupancy(person.Id, room, null, At(new DateOnly(2026, 11, 1).AddDays(start))));
                people.Add((person.Id, start + 1));
            }
            return people;
        }, Ct));
    }

    private static Task<int> EndAsync(TestHost host, long person, DateOnly day) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        (await db.Set<Occupancy>().SingleAsync(o => o.PersonId == person && o.Until == null, token)).End(At(day));
        return 0;
    }, Ct));

    private static async Task CheckOutAsync(TestHost host) => await EndAsync(host, (await host.AsAsync(TestUsers.Resident)).PersonId, Leaving);

    private static async Task CorrectAsync(TestHost host, string code = "electricity", DateOnly? from = null)
    {
        var kind = await host.FeeKindAsync(code);
        var office = host.AsSystem().Get<OfficeTime>();
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            await BillCorrections.RequestAsync(db, kind.Id, from ?? new DateOnly(2026, 10, 1), office, null, token);
            return 0;
        }, Ct));
        var work = host.AsSystem().Get<BillingWork>();
        foreach (var run in await work.UnfinishedAsync(Ct))
            while (await work.AdvanceAsync(run, Ct)) { }
    }

    private static async Task<MoveOutDraft> DrawUpAsync(TestHost host) => await (await host.AsAsync(TestUsers.Dispatcher)).Get<MoveOutService>()
        .DrawUpAsync((await host.AsAsync(TestUsers.Resident)).PersonId, Leaving, Ct);

    private static async Task<MoveOutView> SettledAsync(TestHost host, MoveOutDraft draft, MoveOutWay? way = MoveOutWay.Cash)
    {
        var manager = await host.AsAsync(TestUsers.Manager);
        return await manager.Get<MoveOutQueries>().FindAsync(await manager.Get<MoveOutService>().SettleAsync(FormOf(draft, way), Ct), Ct);
    }

    private static MoveOutForm FormOf(MoveOutDraft draft, MoveOutWay? way = MoveOutWay.Cash) => new()
    {
        PersonId = draft.Stay.PersonId,
        LeavingDay = draft.Figures.LeavingDay,
        Way = way,
        ResultFen = draft.Figures.Result.Fen,
    };

    private static async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(TestHost host)
    {
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        return await host.InDatabaseAsync(db => host.AsSystem().Get<IEnumerable<ICheckOutStep>>().OfType<DebtStep>().Single()
            .HoldsAsync(db, me, new HashSet<long> { me }, Ct));
    }

    // On the day of leaving, or another one.
    private static Task<int> PostAsync(TestHost host, LedgerAccount account, long fen, DateOnly? day = null) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var opening = LedgerAccount.OfOffice(LedgerAccountKind.Opening);
            using var bulk = new BulkWriter(db);
            var ledger = await LedgerBatch.BeginAsync(db, [account, opening], day ?? Leaving, host.AsSystem().Get<OfficeTime>().Now, token);
            ledger.Post(
                TransactionKind.Opening, $"test:{account.Key}:{fen}", null, (account.Key, new Money(fen)), (opening.Key, new Money(-fen)));
            ledger.Write(bulk, token);
            return 0;
        }, Ct));

    private static async Task<string> PaperAsync(TestHost host, MoveOutView view)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var paper = await (await host.AsAsync(TestUsers.Dispatcher)).Get<MoveOutDocument>().ReadAsync(view.Row.Number, Ct);
        return string.Join('\n', paper.Blocks.OfType<Paragraph>().Select(p => p.Text));
    }

    private static async Task<long> OwnAsync(TestHost host) =>
        await host.BalanceAsync(LedgerAccount.PersonKey((await host.AsAsync(TestUsers.Resident)).PersonId));

    private static async Task<long> RevenueAsync(TestHost host) =>
        await host.BalanceAsync(LedgerAccount.OfRevenue((await host.FeeKindAsync("electricity")).Id).Key);

    private static string Key(long room) => LedgerAccount.RoomKey(room);

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(8));

    private static async Task<bool> MayAsync<T>(Func<Task<T>> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Refusal refusal) when (refusal is NotFound or Forbidden)
        {
            return false;
        }
    }
}
