using System.Net;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Mine;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What residents see of their fees.</summary>
public sealed class MyFeesPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Residents_see_balance_in_days_rates_usage_and_their_bills()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        await host.MeterAsync("electricity", room.Id, [(new(2025, 9, 30), 0), (new(2025, 10, 31), 40), (new(2026, 9, 30), 400), (new(2026, 10, 31), 431)]);
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-2), null));
        foreach (var period in new[] { "2025-10", "2026-09", "2026-10" }) await host.BillAsync("electricity", period);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var ledger = host.AsSystem().Get<LedgerWriter>();
            var account = await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(room.Id), token);
            var cash = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token);
            return await ledger.PostAsync(db, TransactionKind.TopUp, "test:1", [(account, new Money(44_100)), (cash, new Money(-44_100))], token);
        }, Ct));

        var mine = await (await host.AsAsync(TestUsers.Resident)).Get<MyFeesQueries>().ReadAsync(Ct);

        Assert.Equal(44_100 - 43_100, mine.RoomBalance?.Fen);
        Assert.Equal(3, mine.Bills.Count);
        var usage = Assert.Single(mine.Usage);
        Assert.Equal([("2026-09", 360m, null), ("2026-10", 31m, 40m)], usage.Periods.Select(p => (p.Period, p.Usage, p.YearBefore)));
        Assert.Equal(1m, mine.Rates.Single(r => r.Kind.En == "Electricity").Price);
        Assert.Equal((9, "1.07", new DateOnly(2026, 12, 1)), mine.Pace is { } pace ? (pace.Days, pace.PerDay.ToString(), pace.Until) : default);
    }

    [Fact]
    public async Task The_median_of_the_building_is_shown_from_five_rooms_on_for_each_period()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        var others = await host.InDatabaseAsync(db => db.Set<Room>().Where(r => r.BuildingId == room.BuildingId && r.Id != room.Id)
            .OrderBy(r => r.Id).Take(4).Select(r => r.Id).ToListAsync(Ct));
        foreach (var (id, september, october) in new[] { (room.Id, 40, 50), (others[0], 10, 20), (others[1], 10, 60), (others[2], 10, 10) })
            await host.MeterAsync("electricity", id, [(new(2026, 8, 31), 0), (new(2026, 9, 30), september), (new(2026, 10, 31), september + october)]);
        await host.MeterAsync("electricity", others[3], [(new(2026, 9, 30), 0), (new(2026, 10, 31), 70)]);
        foreach (var period in new[] { "2026-09", "2026-10" }) await host.BillAsync("electricity", period);

        var mine = await (await host.AsAsync(TestUsers.Resident)).Get<MyFeesQueries>().ReadAsync(Ct);

        Assert.Equal([null, 50m], Assert.Single(mine.Usage).Periods.Select(p => p.BuildingMedian));
    }

    [Fact]
    public async Task The_price_of_a_group_is_shown_when_everybody_of_the_room_belongs_to_it_and_what_was_corrected_changes_the_pace()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        await host.MeterAsync("electricity", room.Id, [(new(2026, 9, 30), 0), (new(2026, 10, 31), 310)]);
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-2), null));
        await host.BillAsync("electricity", "2026-10");
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var account = await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(room.Id), token);
            var cash = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token);
            await host.AsSystem().Get<LedgerWriter>().PostAsync(
                db, TransactionKind.TopUp, "test:1", [(account, new Money(100_000)), (cash, new Money(-100_000))], token);
            // A charge that was imported, 31 yuan for the month.
            var period = FeePeriod.Month(2026, 10);
            var kind = await db.FeeKinds.Where(k => k.Code == "property").Select(k => k.Id).SingleAsync(token);
            var proof = new BillProof([], 1, period.First, period.Last, period.Months, [new RateProof(null, PriceRule.Flat(31), period.First, period.Last)],
                [new PersonDays(me, 31)], 0, 0, 0, 0);
            db.Bills.Add(new Bill("X1", BillKind.Manual, kind, period, LedgerAccount.RoomKey(room.Id), room.Id, null, period.First, period.Last, TestHost.Start)
                .Prove(proof));
            return 0;
        }, Ct));
        var people = await host.InDatabaseAsync(db => db.Users.Where(p => p.RoomId == room.Id && p.RetiredAt == null).Select(p => p.Id).ToListAsync(Ct));
        var mine = (await host.AsAsync(TestUsers.Resident)).Get<MyFeesQueries>();
        Assert.Equal("11.00", (await mine.ReadAsync(Ct)).Pace?.PerDay.ToString());

        var group = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var added = new ResidentGroup("foreign", "留学生", "International students");
            db.ResidentGroups.Add(added);
            await db.SaveChangesAsync(token);
            foreach (var person in people.Skip(1)) db.ResidentGroupMembers.Add(new ResidentGroupMember(added.Id, person, new DateOnly(2026, 1, 1)));
            return added.Id;
        }, Ct));
        await AddRateAsync(host, 0.6m, new(2026, 2, 1), new RateScope(RateScopeKind.Group, group));
        Assert.Equal(1m, await PriceAsync());
        await host.InDatabaseAsync(db => db.WriteAsync(_ =>
        {
            db.ResidentGroupMembers.Add(new ResidentGroupMember(group, people[0], new DateOnly(2026, 1, 1)));
            return Task.FromResult(0);
        }, Ct));
        Assert.Equal(0.6m, await PriceAsync());

        async Task<decimal> PriceAsync() => (await mine.ReadAsync(Ct)).Rates.Single(r => r.Kind.En == "Electricity").Price;
    }

    [Fact]
    public async Task Prices_of_the_past_today_and_later_are_those_of_the_residents_room_and_nobody_sees_a_kind_that_is_not_there()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(0.5m), new(2024, 1, 1));
        await AddRateAsync(host, 0.6m, new(2025, 9, 1), RateScope.Everywhere);
        await AddRateAsync(host, 0.55m, new(2026, 9, 1), new RateScope(RateScopeKind.Building, room.BuildingId));
        // Applies to others only: the price of the building goes before.
        await AddRateAsync(host, 0.7m, new(2026, 10, 1), RateScope.Everywhere);
        await AddRateAsync(host, 0.58m, new(2027, 1, 1), new RateScope(RateScopeKind.Building, room.BuildingId));
        var mine = (await host.AsAsync(TestUsers.Resident)).Get<MyFeesQueries>();

        var history = await mine.RateHistoryAsync((await host.FeeKindAsync("electricity")).Id, Ct);

        Assert.Equal(
            [
                (0.58m, new(2027, 1, 1), null, false), (0.55m, new(2026, 9, 1), new(2026, 12, 31), true),
                (0.6m, new(2025, 9, 1), new(2026, 8, 31), false), (0.5m, new DateOnly(2024, 1, 1), (DateOnly?)new(2025, 8, 31), false),
            ],
            history.Periods.Select(p => (p.Rule.Steps[0].Price, p.First, p.Last, p.IsCurrent)));
        await Assert.ThrowsAsync<NotFound>(() => mine.RateHistoryAsync(999, Ct));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Manager)).Get<MyFeesQueries>().RateHistoryAsync(1, Ct));
    }

    private static Task<int> AddRateAsync(TestHost host, decimal price, DateOnly firstDay, RateScope scope) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var kind = await db.FeeKinds.Where(k => k.Code == "electricity").Select(k => k.Id).SingleAsync(token);
            db.FeeRates.Add(new FeeRate(kind, scope, firstDay, PriceRule.Flat(price), "调价", null, null, TestHost.Start));
            return 0;
        }, Ct));

    [Fact]
    public async Task The_page_says_so_when_there_is_no_bill_and_an_unknown_bill_is_not_found()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);

        var page = await client.PageAsync("/my/fees");

        Assert.Equal("我的费用", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("还没有账单", page.Body!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/my/fees/bills/1", Ct)).StatusCode);
    }
}
