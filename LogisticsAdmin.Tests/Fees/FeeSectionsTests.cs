using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Sections;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Benchmarks;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What fees show on pages of people and rooms, in the search box, and when a bed is given up.</summary>
public sealed class FeeSectionsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task The_office_finds_bills_on_the_pages_of_room_and_person_and_by_number(string who, bool finds)
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        await host.MeterAsync("electricity", room.Id, [(new(2026, 8, 31), 0), (new(2026, 9, 30), 10)]);
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
        var bill = Assert.Single(await host.BillAsync("electricity", "2026-09"));
        var resident = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var desk = await host.AsAsync(who);

        var ofRoom = await desk.Get<IEnumerable<IRoomSection>>().OfType<BillsOfRoom>().Single().ReadAsync(room.Id, 5, Ct);
        var ofPerson = await desk.Get<IEnumerable<IPersonSection>>().OfType<BillsOfPerson>().Single().ReadAsync(resident, 5, Ct);
        var found = await desk.Get<IEnumerable<ISearchProvider>>().OfType<BillSearch>().Single().SearchAsync(bill.Number.ToLowerInvariant(), 5, Ct);

        Assert.Equal(finds ? bill.Number : null, ofRoom?.Lines.Single().Number);
        Assert.Equal(finds ? bill.Number : null, ofPerson?.Lines.Single().Number);
        Assert.Equal(finds ? [$"fees/bills/{bill.Id}"] : [], found.Select(h => h.Address));
    }

    [Fact]
    public async Task A_number_is_looked_up_in_indexes_and_anything_else_not_at_all()
    {
        var recorded = new RecordedSql();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(recorded)));
        var search = (await host.AsAsync(TestUsers.Dispatcher)).Get<IEnumerable<ISearchProvider>>().OfType<BillSearch>().Single();
        using var none = await RecordAsync("竹园3号楼512", "ZDABCDEFG", "20261101-0001");
        using var some = await RecordAsync("zd20261101-0001");

        Assert.Empty(none.Explain());
        var plans = some.Explain();
        Assert.Contains("USING INDEX IX_Bills_Number (Number>? AND Number<?)", plans[0], StringComparison.Ordinal);
        Assert.Contains("USING INDEX IX_PaymentOrders_Number", plans[1], StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", plans[1], StringComparison.Ordinal);

        Task<RecordedSql.Replay> RecordAsync(params string[] typed) => recorded.RecordAsync(
            async () =>
            {
                foreach (var text in typed) await search.SearchAsync(text, 5, Ct);
            },
            new StorageOptions { Directory = host.Directory }.SqliteConnection);
    }

    [Fact]
    public async Task A_debt_holds_up_whose_it_is_and_that_of_a_room_the_last_who_leaves_it()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        var people = await host.InDatabaseAsync(db => db.Users.Where(p => p.RoomId == room.Id).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(Ct));
        await ChargeAsync(host, LedgerAccount.OfRoom(room.Id), "test:room");
        Assert.Empty(await HoldsAsync(host, people[0]));
        await ChargeAsync(host, LedgerAccount.OfPerson(people[0]), "test:person");
        Assert.Equal("个人账户欠费 5.00 元", Assert.Single(await HoldsAsync(host, people[0])).What.Zh);

        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            foreach (var person in await db.Users.Where(p => p.RoomId == room.Id && p.Id != people[0]).ToListAsync(token)) person.MoveTo(null);
            return 0;
        }, Ct));

        Assert.Equal(2, (await HoldsAsync(host, people[0])).Count);
    }

    [Fact]
    public async Task A_rooms_debt_holds_up_everybody_of_a_file_with_which_the_whole_room_leaves()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.InDatabaseAsync(async db =>
        {
            foreach (var number in new[] { "t1", "t2" }) db.Users.Add(new Person(number, "甲", number));
            await db.SaveChangesAsync(Ct);
            foreach (var person in await db.Users.Where(p => p.RoomId == room.Id).ToListAsync(Ct)) person.MoveTo(null);
            foreach (var person in await db.Users.Where(p => p.Number == "t1" || p.Number == "t2").ToListAsync(Ct)) person.MoveTo(room.Id);
            return await db.SaveChangesAsync(Ct);
        });
        await ChargeAsync(host, LedgerAccount.OfRoom(room.Id), "test:room");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        const string Header = "学号,姓名,楼栋,房间,床位\n";

        await using var one = await desk.CheckAsync("beds", Header + "t1,甲,,,\n");
        await using var all = await desk.CheckAsync("beds", Header + "t1,甲,,,\nt2,甲,,,\n");

        Assert.Empty(one.Wrong(2));
        foreach (var row in new[] { 2, 3 }) Assert.Equal(["number: Import.Held"], all.Wrong(row));
    }

    private static Task<IReadOnlyList<CheckOutHold>> HoldsAsync(TestHost host, long person) => host.InDatabaseAsync(db =>
        host.AsSystem().Get<IEnumerable<ICheckOutStep>>().OfType<DebtStep>().Single().HoldsAsync(db, person, new HashSet<long> { person }, Ct));

    private static Task<bool> ChargeAsync(TestHost host, LedgerAccount account, string reference) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        var from = await LedgerWriter.AccountAsync(db, account, token);
        var subsidy = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Subsidy), token);
        var ledger = host.AsSystem().Get<LedgerWriter>();
        return await ledger.PostAsync(db, TransactionKind.Correction, reference, [(from, new Money(-500)), (subsidy, new Money(500))], token);
    }, Ct));
}
