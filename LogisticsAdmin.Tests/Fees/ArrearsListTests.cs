using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Benchmarks;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>The pages of the list of arrears: parts of the whole list, of one moment, and without reading what others owe.</summary>
public sealed class ArrearsListTests
{
    private const int Rooms = 120;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_parts_of_the_whole_list_in_every_order()
    {
        await using var host = await TestHost.OpenAsync();
        var rooms = await ChargedAsync(host, i => 100 + i * 7);
        var desk = (await host.AsAsync(TestUsers.Manager)).Get<ArrearsService>();
        var owed = Enumerable.Range(0, Rooms).Sum(i => 100L + i * 7);
        var building = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.Id == rooms[0]).Select(r => r.BuildingId).SingleAsync(Ct));

        foreach (var sort in Enum.GetValues<ArrearsSort>())
        {
            foreach (var filter in new[]
            {
                new ArrearsFilter { Sort = sort }, new ArrearsFilter { Sort = sort, Descending = true },
                new ArrearsFilter { Sort = sort, Age = ArrearsAge.UpTo30 }, new ArrearsFilter { Sort = sort, BuildingId = building },
            })
            {
                var all = await desk.AllAsync(filter, Ct);
                List<long> paged = [];
                for (var page = 1; page <= 4; page++)
                {
                    var window = await desk.ListAsync(filter with { Page = page }, Ct);
                    Assert.Equal((all.Count, all.Sum(r => r.Owed)), (window.Total, window.Owed));
                    Assert.Equal(window.Owed, window.ByAge.Values.Sum());
                    Assert.InRange(window.Items.Count, 0, ArrearsFilter.PageSize);
                    paged.AddRange(window.Items.Select(r => r.AccountId));
                }
                Assert.Equal(all.Select(r => r.AccountId), paged);
                Assert.Equal(all.Count, paged.Distinct().Count());
                if (filter.BuildingId is null) Assert.Equal((Rooms, owed), (all.Count, all.Sum(r => r.Owed).Fen));
            }
        }
        Assert.Equal(owed, -await host.InDatabaseAsync(db =>
            db.LedgerAccounts.Where(a => a.Kind == LedgerAccountKind.Room).SumAsync(a => a.BalanceFen, Ct)));
        await host.DemandSoundAsync();
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Administrator)]
    public async Task A_page_reads_its_own_accounts_and_what_was_booked_since(string who)
    {
        var recorded = new RecordedSql();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(recorded)));
        var rooms = await ChargedAsync(host, _ => 10_000);
        var desk = (await host.AsAsync(who)).Get<ArrearsService>();
        var storage = new StorageOptions { Directory = host.Directory }.SqliteConnection;
        var filter = new ArrearsFilter { Descending = true, Page = 2 };
        Assert.Equal(Rooms, (await desk.ListAsync(filter, Ct)).Total);
        var kinds = await host.InDatabaseAsync(db => db.FeeKinds.CountAsync(Ct));

        using (var again = await recorded.RecordAsync(() => desk.ListAsync(filter, Ct), storage))
        {
            // The newest entry, the accounts of the page, and the kinds of fees with their terms.
            Assert.InRange(again.Run(), 1, 1 + ArrearsFilter.PageSize + 2 * kinds);
        }

        await PayAsync(host, rooms[0], 10_000);
        using (var paid = await recorded.RecordAsync(() => desk.ListAsync(filter, Ct), storage))
        {
            Assert.InRange(paid.Run(), 1, 4 + ArrearsFilter.PageSize + 2 * kinds);
            Assert.Contains(paid.Explain(), plan => plan.Contains("USING INTEGER PRIMARY KEY (rowid>?)", StringComparison.Ordinal));
        }
        Assert.Equal(Rooms - 1, (await desk.ListAsync(filter, Ct)).Total);
    }

    [Fact]
    public async Task Who_reads_while_payments_come_in_gets_the_debts_of_one_moment()
    {
        await using var host = await TestHost.OpenAsync();
        var rooms = await ChargedAsync(host, _ => 10_000);
        List<ArrearsService> desks = [];
        for (var n = 0; n < 3; n++) desks.Add((await host.AsAsync(TestUsers.Dispatcher)).Get<ArrearsService>());

        var payments = Task.Run(async () =>
        {
            foreach (var room in rooms.Take(60)) await PayAsync(host, room, 10_000);
        }, Ct);
        await Task.WhenAll(desks.Select(desk => Task.Run(async () =>
        {
            var last = Rooms;
            do
            {
                var window = await desk.ListAsync(new ArrearsFilter { Descending = true }, Ct);
                Assert.Equal(window.Total * 10_000L, window.Owed.Fen);
                Assert.All(window.Items, row => Assert.Equal(10_000, row.Owed.Fen));
                Assert.InRange(window.Total, Rooms - 60, last);
                last = window.Total;
            }
            while (!payments.IsCompleted);
        }, Ct)));
        await payments;

        Assert.Equal(Rooms - 60, (await desks[0].AllAsync(new ArrearsFilter(), Ct)).Count);
        await host.DemandSoundAsync();
    }

    // Rooms that are charged something in one transaction; returns their ids.
    private static Task<List<long>> ChargedAsync(TestHost host, Func<int, long> fen) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        var ids = await db.Rooms.OrderBy(r => r.Id).Select(r => r.Id).Take(Rooms).ToListAsync(token);
        List<(LedgerAccount Account, Money Amount)> lines = [];
        foreach (var (i, id) in ids.Index()) lines.Add((await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(id), token), new Money(-fen(i))));
        var cash = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token);
        lines.Add((cash, Money.Zero - lines.Sum(l => l.Amount)));
        await host.AsSystem().Get<LedgerWriter>().PostAsync(db, TransactionKind.Charge, "test:rooms", lines, token);
        return ids;
    }, Ct));

    private static Task<bool> PayAsync(TestHost host, long room, long fen) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        var account = await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(room), token);
        var cash = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token);
        return await host.AsSystem().Get<LedgerWriter>().PostAsync(
            db, TransactionKind.TopUp, FormattableString.Invariant($"test:{room}"), [(account, new Money(fen)), (cash, new Money(-fen))], token);
    }, Ct));
}
