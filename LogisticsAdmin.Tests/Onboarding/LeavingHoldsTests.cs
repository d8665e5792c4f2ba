using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Sections;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>What holds people up is asked for many of them at once.</summary>
public sealed class LeavingHoldsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(typeof(DebtStep), 1)]
    [InlineData(typeof(OpenOrdersStep), 2)]
    [InlineData(typeof(KeysStep), 1)]
    public async Task A_step_answers_for_many_with_as_many_queries_as_for_one_and_the_same(Type kind, int holdsEach)
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        var people = await HeldAsync(host);
        var step = host.AsSystem().Get<IEnumerable<ICheckOutStep>>().Single(s => s.GetType() == kind);

        var (ofOne, before) = (await QueriesAsync(people.Take(1)), sql.Count);
        var found = await host.InDatabaseAsync(db => step.HoldsOfEachAsync(db, people, Ct));
        Assert.Equal(ofOne, sql.Count - before);

        Assert.Equal(people.Order(), found.Keys.Order());
        foreach (var person in people)
        {
            var alone = await host.InDatabaseAsync(db => step.HoldsAsync(db, person, new HashSet<long> { person }, Ct));
            Assert.Equal(holdsEach, alone.Count);
            Assert.Equal(alone, found[person]);
        }

        async Task<int> QueriesAsync(IEnumerable<long> some)
        {
            var start = sql.Count;
            await host.InDatabaseAsync(db => step.HoldsOfEachAsync(db, [.. some], Ct));
            return sql.Count - start;
        }
    }

    [Fact]
    public async Task A_rooms_debt_holds_up_only_whoever_lives_there_alone()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        foreach (var room in dormitory.Rooms.Take(2)) await ChargeAsync(host, LedgerAccount.OfRoom(room));
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.Users.SingleAsync(p => p.UserName == "b2", token)).MoveTo(null);
            return 0;
        }, Ct));
        var step = host.AsSystem().Get<IEnumerable<ICheckOutStep>>().OfType<DebtStep>().Single();

        var found = await host.InDatabaseAsync(db => step.HoldsOfEachAsync(db, dormitory.People, Ct));

        Assert.Equal([dormitory.People[2]], found.Keys);
    }

    [Fact]
    public async Task The_list_and_the_sheets_ask_as_much_for_all_as_for_one()
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        await HeldAsync(host);
        await (await host.AsAsync(TestUsers.Administrator)).Get<MoveOutSettingService>().SaveAsync(false, 0, Ct);
        var round = await host.RoundAsync();
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingQueries>();
        var one = (await host.LeaverAsync("a1")).Id;

        var (ofOne, ofAll) = (
            await QueriesAsync(() => queries.PeopleAsync(round, new LeaverFilter { Text = "住户a1" }, Ct)),
            await QueriesAsync(() => queries.PeopleAsync(round, new LeaverFilter(), Ct)));
        Assert.Equal(ofOne, ofAll);
        (ofOne, ofAll) = (
            await QueriesAsync(() => queries.SheetAsync(round, null, one, 10, Ct)), await QueriesAsync(() => queries.SheetAsync(round, null, null, 10, Ct)));
        Assert.Equal(ofOne, ofAll);

        var rows = (await queries.PeopleAsync(round, new LeaverFilter(), Ct)).Items;
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Equal(3, r.Holds.Count));

        async Task<int> QueriesAsync<T>(Func<Task<T>> read)
        {
            var before = sql.Count;
            await read();
            return sql.Count - before;
        }
    }

    /// <summary>Four people, each with a debt, two open orders and a key.</summary>
    private static async Task<IReadOnlyList<long>> HeldAsync(TestHost host)
    {
        var dormitory = await host.DormitoryAsync();
        foreach (var (index, user) in Dormitory.Users.Index())
        {
            var person = dormitory.People[index];
            await host.KeyAsync(user, $"钥匙{index}");
            await ChargeAsync(host, LedgerAccount.OfPerson(person));
            await host.InDatabaseAsync(db => db.WriteAsync(_ =>
            {
                foreach (var part in new[] { 1, 2 })
                {
                    var order = new PlacedOrder($"DC20261122-9{index}{part}0", ShelfKind.Goods, person, PickUpCode.New(), null, person, TestHost.Start);
                    order.OfGoods(new DateOnly(2026, 11, 22), null);
                    db.PlacedOrders.Add(order);
                }
                return Task.FromResult(0);
            }, Ct));
        }
        return dormitory.People;
    }

    private static Task<bool> ChargeAsync(TestHost host, LedgerAccount account) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        var from = await LedgerWriter.AccountAsync(db, account, token);
        var subsidy = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Subsidy), token);
        return await host.AsSystem().Get<LedgerWriter>().PostAsync(
            db, TransactionKind.Correction, $"test:{account.Key}", [(from, new Money(-500)), (subsidy, new Money(500))], token);
    }, Ct));
}
