using System.Net;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Mine;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
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
        Assert.Equal((31m, 40m), Assert.Single(mine.Usage.Select(u => (u.Usage, u.YearBefore))));
        Assert.Equal(1m, mine.Rates.Single(r => r.Kind.En == "Electricity").Price);
        Assert.NotNull(mine.DaysLeft);
    }

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
