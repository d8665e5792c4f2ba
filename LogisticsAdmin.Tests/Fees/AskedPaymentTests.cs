using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Payments that another part of the app asks for, such as of an order of its own.</summary>
public sealed class AskedPaymentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_is_told_once_when_it_is_paid_and_can_give_it_back_once()
    {
        var shop = new Shop();
        await using var host = await TestHost.OpenAsync(shop.Use);
        var resident = await host.AsAsync(TestUsers.Resident);
        var (me, key) = (resident.PersonId, LedgerAccount.PersonKey(resident.PersonId));

        var order = await InWriteAsync(host, (a, db) => a.AskAsync(db, me, "meal:1", new Money(1_500), Ct));
        Assert.Equal(order, await InWriteAsync(host, (a, db) => a.AskAsync(db, me, "meal:1", new Money(1_500), Ct)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => InWriteAsync(host, (a, db) => a.AskAsync(db, me, "meal:1", new Money(1_501), Ct)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => InWriteAsync(host, (a, db) => a.AskAsync(db, me, "other:1", new Money(1), Ct)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => InWriteAsync(host, (a, db) => a.AskAsync(db, me, "meal:2", Money.Zero, Ct)));
        Assert.Equal(new Money(1_500), (await resident.Get<PaymentService>().FindAsync(order, Ct)).Amount);
        await Assert.ThrowsAsync<NotFound>(() => host.OpenAsync(order, TestUsers.Dispatcher));

        var (one, other) = (await host.SaidAsync(await host.OpenAsync(order)), await host.SaidAsync(await host.OpenAsync(order)));
        await Task.WhenAll(new[] { one, other, one, other, one }.Select(said => Task.Run(() => host.HearAsync(said), Ct)));
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);

        Assert.Equal(["meal:1"], shop.Paid);
        Assert.Equal((0L, 1_500L), (await host.BalanceAsync(key), await host.BalanceAsync("orders")));
        Assert.Single(await host.InDatabaseAsync(db => db.PaymentRefunds.ToListAsync(Ct)));
        Assert.True(await InWriteAsync(host, (a, db) => a.RefundAsync(db, "meal:1", Ct)));
        Assert.False(await InWriteAsync(host, (a, db) => a.RefundAsync(db, "meal:1", Ct)));
        Assert.Equal((1_500L, 0L), (await host.BalanceAsync(key), await host.BalanceAsync("orders")));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task What_is_not_wanted_any_more_or_was_taken_before_stays_on_the_account()
    {
        var shop = new Shop();
        await using var host = await TestHost.OpenAsync(shop.Use);
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var key = LedgerAccount.PersonKey(me);
        await host.PaidAsync("20", PaymentTarget.Own);
        var cancelled = await InWriteAsync(host, (a, db) => a.AskAsync(db, me, "meal:1", new Money(300), Ct));
        var charged = await InWriteAsync(host, (a, db) => a.AskAsync(db, me, "meal:2", new Money(2_000), Ct));
        Assert.True(await InWriteAsync(host, (a, db) => a.ChargeAsync(db, me, "meal:2", new Money(2_000), Ct)));
        var requests = new[] { await host.OpenAsync(cancelled), await host.OpenAsync(charged) };
        shop.Cancelled.Add("meal:1");

        Assert.Equal("NoLongerWanted", (await Assert.ThrowsAsync<Rejected>(() => host.OpenAsync(cancelled))).Code);
        foreach (var request in requests) await host.HearAsync(await host.SaidAsync(request));

        Assert.Equal((2_300L, 2_000L), (await host.BalanceAsync(key), await host.BalanceAsync("orders")));
        Assert.Empty(shop.Paid);
        Assert.False(await InWriteAsync(host, (a, db) => a.RefundAsync(db, "meal:1", Ct)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task When_who_asks_fails_nothing_is_booked_and_it_is_told_again()
    {
        var shop = new Shop { Fails = true };
        await using var host = await TestHost.OpenAsync(shop.Use);
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var order = await InWriteAsync(host, (a, db) => a.AskAsync(db, me, "meal:1", new Money(300), Ct));
        Assert.True(await host.HearAsync(await host.SaidAsync(await host.OpenAsync(order))));
        Assert.Equal(0, await host.BalanceAsync("gateway:sandbox"));
        Assert.Equal(NoticeOutcome.Waiting, await host.InDatabaseAsync(db => db.PaymentNotifications.Select(n => n.Outcome).SingleAsync(Ct)));

        shop.Fails = false;
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);
        Assert.Equal(["meal:1"], shop.Paid);
        Assert.Equal((0L, 300L), (await host.BalanceAsync(LedgerAccount.PersonKey(me)), await host.BalanceAsync("orders")));
        await host.DemandSoundAsync();
    }

    private static async Task<T> InWriteAsync<T>(TestHost host, Func<IPersonalAccounts, LogisticsDb, Task<T>> work)
    {
        var accounts = host.AsSystem().Get<IPersonalAccounts>();
        return await host.InDatabaseAsync(db => db.WriteAsync(_ => work(accounts, db), Ct));
    }

    private sealed class Shop : IAskedPayments
    {
        public List<string> Paid { get; } = [];
        public HashSet<string> Cancelled { get; } = [];
        public bool Fails { get; set; }
        public string Prefix => "meal:";

        public void Use(IServiceCollection services) => services.AddSingleton<IAskedPayments>(this);

        public Task<bool> IsWantedAsync(LogisticsDb db, string reference, CancellationToken ct) => Task.FromResult(!Cancelled.Contains(reference));

        public Task<bool> PaidAsync(LogisticsDb db, string reference, CancellationToken ct)
        {
            if (Fails) throw new InvalidOperationException("The shop is closed.");
            if (Cancelled.Contains(reference)) return Task.FromResult(false);
            Paid.Add(reference);
            return Task.FromResult(true);
        }
    }
}
