using System.Diagnostics;
using CsCheck;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Accounts: balances are sums, seals show what was changed, and everybody reads what is theirs.</summary>
public sealed class LedgerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_entries_add_up_to_zero_and_balances_are_their_sums_whatever_was_posted()
    {
        await using var host = await TestHost.OpenAsync();
        var move = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Long[-100_000_000_00L, 100_000_000_00L], Gen.Int[0, 9]);
        await move.Array[1, 40].SampleAsync(async moves =>
        {
            Dictionary<string, long> expected = [];
            var before = await host.InDatabaseAsync(db => db.LedgerAccounts.ToDictionaryAsync(a => a.Key, a => a.BalanceFen, Ct));
            var run = Guid.NewGuid().ToString("N");
            foreach (var (from, to, fen, reference) in moves)
            {
                var posted = await PostAsync(host, $"{run}:{reference}", from, to, fen);
                if (!posted) continue;
                expected[Key(from)] = expected.GetValueOrDefault(Key(from)) - fen;
                expected[Key(to)] = expected.GetValueOrDefault(Key(to)) + fen;
            }
            foreach (var (key, sum) in expected) Assert.Equal(before.GetValueOrDefault(key) + sum, await host.BalanceAsync(key));
            await host.DemandSoundAsync();
        }, iter: 15, threads: 1);
    }

    [Fact]
    public async Task A_seal_covers_each_entry_once_and_is_chained_with_the_one_before()
    {
        await using var host = await TestHost.OpenAsync();
        var seals = host.AsSystem().Get<LedgerSeals>();
        var office = host.AsSystem().Get<OfficeTime>();
        Assert.False(await seals.SealAsync(office.Today.AddDays(-1), Ct));
        for (var day = 0; day < 4; day++)
        {
            // Nothing happens on the third day.
            if (day != 2) await host.PaidAsync();
            host.Clock.Advance(TimeSpan.FromDays(1));
            Assert.True(await seals.SealAsync(office.Today.AddDays(-1), Ct));
            Assert.False(await seals.SealAsync(office.Today.AddDays(-1), Ct));
        }
        var stored = await host.InDatabaseAsync(db => db.LedgerDays.OrderBy(d => d.Day).ToListAsync(Ct));

        Assert.Equal([2, 2, 0, 2], stored.Select(d => d.Entries));
        Assert.Equal(4, stored.Select(d => d.Hash).Distinct().Count());
        Assert.All(stored, d => Assert.Equal(64, d.Hash.Length));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => seals.SealAsync(office.Today, Ct));
        await host.DemandSoundAsync();
    }

    [Theory]
    [InlineData("UPDATE LedgerTransactions SET Text = 'x' WHERE Id = 1", "sealed")]
    [InlineData("UPDATE LedgerTransactions SET At = At + 1 WHERE Id = 1", "sealed")]
    [InlineData("UPDATE LedgerTransactions SET ApprovedById = 1 WHERE Id = 2", "sealed")]
    [InlineData("DELETE FROM LedgerEntries WHERE TransactionId = 1", "no entries")]
    [InlineData("UPDATE LedgerEntries SET AmountFen = AmountFen + 1 WHERE Id = 1", "zero")]
    [InlineData("UPDATE LedgerEntries SET AmountFen = AmountFen * 2, BalanceFen = BalanceFen * 2 WHERE TransactionId = 1", "sealed")]
    [InlineData("UPDATE LedgerEntries SET BalanceFen = BalanceFen + 1 WHERE Id = 1", "add up to")]
    [InlineData("UPDATE LedgerAccounts SET BalanceFen = BalanceFen + 1 WHERE Id = 1", "entries are")]
    [InlineData("UPDATE LedgerAccounts SET Entries = Entries + 1 WHERE Id = 1", "entries are")]
    [InlineData("UPDATE LedgerDays SET Hash = replace(Hash, 'a', 'b')", "sealed")]
    [InlineData("DELETE FROM LedgerDays WHERE Day = (SELECT min(Day) FROM LedgerDays)", "sealed")]
    public async Task What_is_changed_behind_the_apps_back_shows(string change, string shown)
    {
        await using var host = await TestHost.OpenAsync();
        for (var day = 0; day < 2; day++)
        {
            await host.PaidAsync();
            host.Clock.Advance(TimeSpan.FromDays(1));
            await host.AsSystem().Get<LedgerSeals>().SealAsync(host.AsSystem().Get<OfficeTime>().Today.AddDays(-1), Ct);
        }
        Assert.Empty(await host.ProblemsAsync());
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(change, Ct));

        Assert.Contains(await host.ProblemsAsync(), p => p.Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_day_that_is_changed_under_a_new_seal_shows()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));
        var yesterday = host.AsSystem().Get<OfficeTime>().Today.AddDays(-1);
        await host.AsSystem().Get<LedgerSeals>().SealAsync(yesterday, Ct);
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            "DELETE FROM LedgerDays WHERE Day = (SELECT max(Day) FROM LedgerDays); UPDATE LedgerTransactions SET Text = 'x' WHERE Id = 1", Ct));
        Assert.Contains("20261122", Assert.Single(await host.ProblemsAsync()), StringComparison.Ordinal);

        Assert.True(await host.AsSystem().Get<LedgerSeals>().SealAsync(yesterday, Ct));

        Assert.Contains("20261122", Assert.Single(await host.ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_office_finds_accounts_by_room_person_and_number_and_sorts_them()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("30");
        await host.PaidAsync("70", PaymentTarget.Own);
        await host.PaidAsync("10", PaymentTarget.Own, "technician");
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<LedgerQueries>();
        var number = await host.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Number).SingleAsync(Ct));

        Assert.Equal([10m, 30m, 70m], (await OfAsync(new())).Select(a => a.Balance.Yuan).Order());
        Assert.Equal(30, (await OfAsync(new()))[0].Balance.Yuan);
        Assert.Equal(LedgerAccountKind.Room, Assert.Single(await OfAsync(new() { Text = "竹园3号楼512" })).Kind);
        Assert.Equal(70, Assert.Single(await OfAsync(new() { Text = "王小雨" })).Balance.Yuan);
        Assert.Equal(70, Assert.Single(await OfAsync(new() { Text = number })).Balance.Yuan);
        Assert.Empty(await OfAsync(new() { State = AccountState.Debt }));
        Assert.Equal([10m, 30m, 70m], (await OfAsync(new() { Sort = AccountSort.Balance })).Select(a => a.Balance.Yuan));
        Assert.Equal(30, (await OfAsync(new() { Sort = AccountSort.Owner, Descending = true }))[^1].Balance.Yuan);
        Assert.Equal(-110, Assert.Single(await OfAsync(new() { Kind = LedgerAccountKind.Gateway })).Balance.Yuan);
        Assert.Empty(await OfAsync(AccountFilter.Parse(string.Join(' ', Enumerable.Range(1_000, 5_000)), null, null, null)));
        Assert.Equal((AccountSort.Balance, true, AccountState.Credit), AccountFilter.Read("http://x/fees/accounts?sort=-Balance&state=Credit") switch
        {
            var f => (f.Sort, f.Descending, f.State!.Value),
        });

        async Task<IReadOnlyList<AccountRow>> OfAsync(AccountFilter filter) => (await office.ListAsync(filter, Ct)).Items;
    }

    [Fact]
    public async Task Everybody_reads_their_own_account_and_their_rooms_and_nobody_elses()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync();
        await host.PaidAsync(target: PaymentTarget.Own);
        var me = await host.AsAsync(TestUsers.Resident);
        var (room, own) = (await host.AccountAsync(await host.RoomKeyAsync()), await host.AccountAsync(LedgerAccount.PersonKey(me.PersonId)));
        var mate = await MateAsync(host, me.PersonId);
        var stranger = (await host.AsAsync("technician")).Get<LedgerQueries>();

        foreach (var account in new[] { room, own })
        {
            Assert.Single((await me.Get<LedgerQueries>().StatementAsync(account, ct: Ct)).Items);
            await Assert.ThrowsAsync<NotFound>(() => stranger.StatementAsync(account, ct: Ct));
            await Assert.ThrowsAsync<NotFound>(() => stranger.FindAsync(account, Ct));
            Assert.Single((await (await host.AsAsync(TestUsers.Dispatcher)).Get<LedgerQueries>().StatementAsync(account, ct: Ct)).Items);
        }
        await Assert.ThrowsAsync<NotFound>(() => stranger.ListAsync(new AccountFilter(), Ct));
        Assert.Equal((50m, 50m), await me.Get<LedgerQueries>().MineAsync(Ct) switch { var (r, o) => (r!.Balance.Yuan, o!.Balance.Yuan) });
        Assert.NotNull(mate);
        var theirs = (await host.AsAsync(mate)).Get<LedgerQueries>();
        Assert.Null(Assert.Single((await theirs.StatementAsync(room, ct: Ct)).Items).By);
        await Assert.ThrowsAsync<NotFound>(() => theirs.StatementAsync(own, ct: Ct));
    }

    [Fact]
    public async Task The_pages_of_a_long_statement_hold_each_entry_once_and_the_first_is_fast()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("1");
        var account = await host.AccountAsync(await host.RoomKeyAsync());
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10000) INSERT INTO LedgerTransactions (Kind, Reference, Text, Day, At) "
            + "SELECT 3, 't:' || n, '', '2026-11-22', 0 FROM c", Ct));
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO LedgerEntries (TransactionId, AccountId, AmountFen, BalanceFen) "
            + "SELECT Id, {0}, 1, Id FROM LedgerTransactions WHERE Reference LIKE 't:%'", [account], Ct));
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<LedgerQueries>();
        await office.StatementAsync(account, ct: Ct);
        var begun = Stopwatch.GetTimestamp();
        var page = await office.StatementAsync(account, ct: Ct);
        var taken = Stopwatch.GetElapsedTime(begun);
        Assert.True(taken < TimeSpan.FromMilliseconds(100), $"The first page took {taken.TotalMilliseconds} ms.");

        List<long> seen = [.. page.Items.Select(e => e.Id)];
        while (page.MoreAfter)
        {
            page = await office.StatementAsync(account, before: page.Items[^1].Id, ct: Ct);
            seen.AddRange(page.Items.Select(e => e.Id));
        }
        Assert.Equal(10_001, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        var back = await office.StatementAsync(account, after: page.Items[0].Id, ct: Ct);
        Assert.Equal((LedgerQueries.StatementSize, true), (back.Items.Count, back.MoreAfter));
        Assert.Equal(seen.FindLast(id => id > page.Items[0].Id), back.Items[^1].Id);
    }

    [Fact]
    public async Task Other_parts_charge_a_persons_account_once_and_give_it_back_once()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("20", PaymentTarget.Own);
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;

        Assert.True(await InWriteAsync((a, db) => a.ChargeAsync(db, me, "order:1", new Money(1_500), Ct)));
        Assert.False(await InWriteAsync((a, db) => a.ChargeAsync(db, me, "order:1", new Money(1_500), Ct)));
        await Assert.ThrowsAsync<Rejected>(() => InWriteAsync((a, db) => a.ChargeAsync(db, me, "order:2", new Money(501), Ct)));
        Assert.Equal(500, await host.BalanceAsync(LedgerAccount.PersonKey(me)));
        Assert.Equal(1_500, await host.BalanceAsync("orders"));
        Assert.True(await InWriteAsync((a, db) => a.RefundAsync(db, "order:1", Ct)));
        Assert.False(await InWriteAsync((a, db) => a.RefundAsync(db, "order:1", Ct)));
        Assert.False(await InWriteAsync((a, db) => a.RefundAsync(db, "order:3", Ct)));
        Assert.Equal(2_000, await host.BalanceAsync(LedgerAccount.PersonKey(me)));
        Assert.False(await InWriteAsync(async (a, db) => await a.ChargeAsync(db, me, "order:4", new Money(500), Ct) == await a.ChargeAsync(
            db, me, "order:4", new Money(500), Ct)));
        Assert.Equal(1_500, await host.BalanceAsync(LedgerAccount.PersonKey(me)));
        await host.DemandSoundAsync();

        async Task<bool> InWriteAsync(Func<IPersonalAccounts, LogisticsDb, Task<bool>> work)
        {
            var accounts = host.AsSystem().Get<IPersonalAccounts>();
            return await host.InDatabaseAsync(db => db.WriteAsync(_ => work(accounts, db), Ct));
        }
    }

    private static string Key(int account) => account == 4 ? "subsidy" : $"revenue:{account + 1}";

    private static Task<bool> PostAsync(TestHost host, string reference, int from, int to, long fen)
    {
        var writer = host.AsSystem().Get<LedgerWriter>();
        return host.InDatabaseAsync(db => db.WriteAsync(async ct =>
        {
            var (one, other) = (await AccountAsync(from), await AccountAsync(to));
            return await writer.PostAsync(db, TransactionKind.Correction, reference, [(one, new Money(-fen)), (other, new Money(fen))], ct);

            Task<LedgerAccount> AccountAsync(int account) => LedgerWriter.AccountAsync(
                db, account == 4 ? LedgerAccount.OfOffice(LedgerAccountKind.Subsidy) : LedgerAccount.OfRevenue(account + 1), ct);
        }, Ct));
    }

    private static Task<string?> MateAsync(TestHost host, long me) => host.InDatabaseAsync(async db =>
    {
        var people = db.Users;
        return await people.Where(p => p.Id != me && p.RetiredAt == null && people.Any(o => o.Id == me && o.RoomId == p.RoomId)).Select(p => p.UserName)
            .FirstOrDefaultAsync(Ct);
    });
}
