using System.Net;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Features.Fees.Mine;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Sections;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Benchmarks;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Where move-out statements are met elsewhere: when a bed is given up, in the resident's own pages, and in the search box.</summary>
public sealed partial class MoveOutTests
{
    [Fact]
    public async Task What_is_not_billed_yet_holds_up_the_check_out_until_it_is_settled_or_the_office_does_not_want_that()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, meter) = await TwoPeopleAsync(host);
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var address = $"fees/move-outs/new?person={me}";

        // Not read today: nobody knows what was used.
        var refused = await Assert.ThrowsAsync<Rejected>(() => beds.CheckOutAsync(me, ct: Ct));
        Assert.Equal(
            [("有未出账的费用，请先办理退宿结算", address)], refused.Problems.Select(p => (((LocalName)p.Args[0]!).Zh, (string)p.Args[1]!)));
        var today = new DateOnly(2026, 11, 22);
        await host.ReadAsync(meter, today, 20);
        Assert.Equal(address, Assert.Single(await beds.HoldsAsync(me, Ct)).Address);

        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutSettingService>();
        await settings.SaveAsync(false, (await settings.ReadAsync(Ct)).Version, Ct);
        Assert.Empty(await beds.HoldsAsync(me, Ct));
        await settings.SaveAsync(true, (await settings.ReadAsync(Ct)).Version, Ct);
        Assert.Single(await beds.HoldsAsync(me, Ct));

        var manager = (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>();
        var id = await manager.SettleAsync(FormOf(await manager.DrawUpAsync(me, today, Ct)), Ct);
        Assert.Empty(await beds.HoldsAsync(me, Ct));
        await TakenBackAsync(host, id);
        Assert.Single(await beds.HoldsAsync(me, Ct));
        await manager.SettleAsync(FormOf(await manager.DrawUpAsync(me, today, Ct)), Ct);
        await beds.CheckOutAsync(me, ct: Ct);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Set<Occupancy>().CountAsync(o => o.RoomId == room && o.Until == null, Ct)));
    }

    [Fact]
    public async Task Without_meters_or_prices_and_with_nothing_charged_nothing_holds_up()
    {
        await using var host = await TestHost.OpenAsync();
        var (_, meter) = await TwoPeopleAsync(host);
        await host.DisturbAsync("UPDATE FeeRates SET WithdrawnAt = PublishedAt WHERE WithdrawnAt IS NULL");
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();

        Assert.Empty(await beds.HoldsAsync(me, Ct));
        await host.RateAsync("electricity", PriceRule.Flat(1), scope: RateScope.OfType(RoomKind.Bedroom, 99));
        Assert.Empty(await beds.HoldsAsync(me, Ct));
        await host.RateAsync("electricity", PriceRule.Flat(1), new DateOnly(2020, 1, 2));
        Assert.Single(await beds.HoldsAsync(me, Ct));
        // It was read, and nothing was used.
        await host.ReadAsync(meter, new DateOnly(2026, 11, 22), 0);
        Assert.Empty(await beds.HoldsAsync(me, Ct));
        // A fee that people are charged by the month.
        await host.RateAsync("internet", PriceRule.Flat(30));
        Assert.Single(await beds.HoldsAsync(me, Ct));
    }

    [Fact]
    public async Task Administrators_change_the_setting_that_the_office_reads()
    {
        await using var host = await TestHost.OpenAsync();
        foreach (var (who, reads) in new[]
        {
            (TestUsers.Manager, true), (TestUsers.Dispatcher, true), (TestUsers.Technician, false), (TestUsers.Resident, false),
        })
        {
            var service = (await host.AsAsync(who)).Get<MoveOutSettingService>();
            Assert.Equal(reads, await MayAsync(() => service.ReadAsync(Ct)));
            Assert.False(await MayAsync(async () =>
            {
                await service.SaveAsync(false, 0, Ct);
                return 0;
            }));
        }
        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutSettingService>();
        Assert.Equal(new MoveOutSettingRow(0, true), await settings.ReadAsync(Ct));
        await settings.SaveAsync(false, 0, Ct);
        await Assert.ThrowsAsync<Stale>(() => settings.SaveAsync(true, 0, Ct));
        Assert.False((await settings.ReadAsync(Ct)).DemandsStatement);
    }

    [Fact]
    public async Task Residents_read_their_own_statement_also_after_moving_out_and_nobody_elses()
    {
        var directory = await TestHost.NewStorageAsync();
        string number;
        long id;
        await using (var host = await TestHost.StartAsync(directory))
        {
            await TwoPeopleAsync(host, isMetered: false);
            await host.RateAsync("internet", PriceRule.Flat(30));
            var settled = (await SettledAsync(host, await DrawUpAsync(host), MoveOutWay.Account)).Row;
            (number, id) = (settled.Number, settled.Id);
            // 19 of 30 days.
            Assert.Equal(["-1900"], await host.ToldAsync(MoveOutNotificationKind.Settled));
            await CheckOutAsync(host);
            await host.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                (await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, token)).MoveTo(null);
                return 0;
            }, Ct));
            Assert.Equal(number, Assert.Single((await (await host.AsAsync(TestUsers.Resident)).Get<MyFeesQueries>().ReadAsync(Ct)).MoveOuts).Number);
        }
        await using (var app = await TestApp.StartAsync(storage: directory))
        {
            var mine = await app.SignInAsync(TestUsers.Resident);
            var link = (await mine.PageAsync("/my/fees")).QuerySelector("[data-move-outs] a")!;
            Assert.Equal($"my/fees/move-outs/{id}", link.GetAttribute("href"));
            Assert.Contains("-19.00", link.TextContent, StringComparison.Ordinal);
            var page = await mine.PageAsync($"/my/fees/move-outs/{id}");
            Assert.Equal("19.00", page.QuerySelector("[data-result]")!.TextContent);
            Assert.Equal($"my/fees/move-outs/{number}.pdf", page.QuerySelector("a[download]")!.GetAttribute("href"));
            Assert.DoesNotContain("撤销", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            using (var paper = await mine.GetAsync($"/my/fees/move-outs/{number}.pdf", Ct))
                Assert.Equal((HttpStatusCode.OK, "application/pdf"), (paper.StatusCode, paper.Content.Headers.ContentType?.MediaType));
            foreach (var (who, address) in new[]
            {
                (TestUsers.Resident, $"/fees/move-outs/{number}.pdf"), (TestUsers.Resident, "/my/fees/move-outs/JS20261122-0002.pdf"),
                (TestUsers.Technician, $"/my/fees/move-outs/{number}.pdf"), (TestUsers.Dispatcher, $"/my/fees/move-outs/{number}.pdf"),
                (TestUsers.Resident, $"/my/fees/move-outs/{id + 1}"), (TestUsers.Technician, $"/my/fees/move-outs/{id}"),
                (TestUsers.Manager, $"/my/fees/move-outs/{id}"),
            })
            {
                var other = who == TestUsers.Resident ? mine : await app.SignInAsync(who);
                using var answer = await other.GetAsync(address, Ct);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
            Assert.Null((await (await app.SignInAsync(TestUsers.Technician)).PageAsync("/my/fees")).QuerySelector("[data-move-outs]"));
            foreach (var address in new[] { $"/my/fees/move-outs/{number}.pdf", $"/my/fees/move-outs/{id}" })
            {
                using var guest = await app.Visitor().GetAsync(address, Ct);
                Assert.NotEqual(HttpStatusCode.OK, guest.StatusCode);
            }
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public async Task Residents_read_what_their_statement_was_computed_from_and_that_it_was_taken_back_but_not_why()
    {
        var directory = await TestHost.NewStorageAsync();
        long id;
        await using (var host = await TestHost.StartAsync(directory))
        {
            var (_, meter) = await TwoPeopleAsync(host);
            await host.ReadAsync(meter, Leaving, 100);
            id = (await SettledAsync(host, await DrawUpAsync(host), MoveOutWay.Account)).Row.Id;
            await TakenBackAsync(host, id);
        }
        await using (var app = await TestApp.StartAsync(storage: directory))
        {
            var page = (await (await app.SignInAsync(TestUsers.Resident)).PageAsync($"/my/fees/move-outs/{id}")).QuerySelector("main")!;
            Assert.Contains("不再有效", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
            foreach (var shown in new[] { "应缴（元）", "48.72", "-48.72 元", "2026-10-31", "2026-11-20", "100 度" })
                Assert.Contains(shown, page.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("日期填错", page.TextContent, StringComparison.Ordinal);
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public void The_message_says_what_becomes_of_the_result()
    {
        var kind = new MoveOutNotificationKind();
        foreach (var (argument, said) in new[]
        {
            ("13000", "退宿已结算，应退 130.00 元"), ("-1900", "退宿已结算，应缴 19.00 元"), ("0", "退宿已结算，两清"),
            (MoveOutNotificationKind.TakenBack, "退宿结算已撤销"),
        })
        {
            Assert.Equal(said, kind.TextFor(argument).Zh);
        }
        Assert.Equal(78, kind.Id);
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task The_office_finds_statements_and_receipts_of_refunds_in_cash_by_number(string who, bool finds)
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        var view = await SettledAsync(host, await DrawUpAsync(host), way: null);
        var order = await host.PaidAsync();
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var attempt = await db.PaymentAttempts.Include(a => a.Order).SingleAsync(a => a.Order.Number == order, token);
            var refund = new PaymentRefund(attempt, "TK20261122_0001_ab", new Money(2_500), null, TestHost.Start);
            refund.PayOut("TP20261122-0001", attempt.Order.CreatedById ?? 1, TestHost.Start);
            db.PaymentRefunds.Add(refund);
            return 0;
        }, Ct));
        var account = await host.AccountAsync(await host.RoomKeyAsync());
        var providers = (await host.AsAsync(who)).Get<IEnumerable<ISearchProvider>>().ToList();

        foreach (var (typed, address) in new[]
        {
            ("js20261122", $"fees/move-outs/{view.Row.Id}"), (" JS20261122-0001", $"fees/move-outs/{view.Row.Id}"),
            ("tp20261122-0001", $"fees/accounts/{account}"), ("JS20261122-0002", null), ("TP20261122-0002", null), ("JS2026", $"fees/move-outs/{view.Row.Id}"),
            ("JSABCDEFG", null),
        })
        {
            List<SearchHit> hits = [];
            foreach (var provider in providers.Where(p => p is MoveOutSearch or BillSearch)) hits.AddRange(await provider.SearchAsync(typed, 5, Ct));
            Assert.Equal(finds && address is not null ? [address] : [], hits.Select(h => h.Address));
        }
    }

    [Fact]
    public async Task The_numbers_are_looked_up_in_indexes()
    {
        var recorded = new RecordedSql();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(recorded)));
        var providers = (await host.AsAsync(TestUsers.Dispatcher)).Get<IEnumerable<ISearchProvider>>().ToList();
        using var some = await recorded.RecordAsync(
            async () =>
            {
                await providers.OfType<MoveOutSearch>().Single().SearchAsync("JS20261101-0001", 5, Ct);
                await providers.OfType<BillSearch>().Single().SearchAsync("TP20261101-0001", 5, Ct);
            },
            new StorageOptions { Directory = host.Directory }.SqliteConnection);

        var plans = some.Explain();
        Assert.Contains("USING INDEX IX_MoveOutStatements_Number (Number>? AND Number<?)", plans[0], StringComparison.Ordinal);
        Assert.Contains("USING INDEX IX_PaymentRefunds_ReceiptNumber", plans[1], StringComparison.Ordinal);
    }
}
