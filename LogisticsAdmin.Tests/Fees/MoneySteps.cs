using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Steps of the tests of accounts and payments.</summary>
internal static class MoneySteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TestHost host)
    {
        /// <summary>An order of 50 yuan, or another amount, into the account of the student's room or their own.</summary>
        public async Task<string> OrderAsync(string amount = "50", PaymentTarget target = PaymentTarget.Room, string who = TestUsers.Resident) =>
            await (await host.AsAsync(who)).Get<PaymentService>().CreateAsync(new TopUpForm { Target = target, Amount = amount, Key = Guid.NewGuid() }, Ct);

        /// <summary>A way to pay it at the sandbox.</summary>
        public async Task<string> OpenAsync(string order, string who = TestUsers.Resident) =>
            await (await host.AsAsync(who)).Get<PaymentService>().OpenAsync(order, SandboxGateway.SandboxName, Ct);

        /// <summary>What the sandbox says about a request, signed.</summary>
        public async Task<IReadOnlyDictionary<string, string>> SaidAsync(
            string request, TradeStatus status = TradeStatus.Paid, Money? amount = null, string? app = null)
        {
            var fen = amount ?? new Money(await host.InDatabaseAsync(db => db.PaymentAttempts.Where(a => a.RequestNumber == request)
                .Select(a => a.Order.AmountFen).SingleOrDefaultAsync(Ct)));
            return host.Services.GetRequiredService<SandboxGateway>().Say(new SandboxTrade(request, fen), status, app);
        }

        public Task<bool> HearAsync(IReadOnlyDictionary<string, string> form) => host.Services.GetRequiredService<NotificationService>().ReceiveAsync(
            SandboxGateway.SandboxName, form, string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")), Ct);

        /// <summary>Pays an order of this amount from beginning to end.</summary>
        public async Task<string> PaidAsync(string amount = "50", PaymentTarget target = PaymentTarget.Room, string who = TestUsers.Resident)
        {
            var order = await host.OrderAsync(amount, target, who);
            Assert.True(await host.HearAsync(await host.SaidAsync(await host.OpenAsync(order, who))));
            return order;
        }

        public Task<long> BalanceAsync(string key) =>
            host.InDatabaseAsync(db => db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.BalanceFen).SingleOrDefaultAsync(Ct));

        public async Task<string> RoomKeyAsync(string who = TestUsers.Resident)
        {
            var me = (await host.AsAsync(who)).PersonId;
            return LedgerAccount.RoomKey((await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == me).Select(p => p.RoomId).SingleAsync(Ct)))!.Value);
        }

        public Task<long> AccountAsync(string key) => host.InDatabaseAsync(db => db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.Id).SingleAsync(Ct));

        /// <summary>What the check of the ledger finds.</summary>
        public Task<List<string>> ProblemsAsync() => host.InDatabaseAsync(async db =>
        {
            var check = host.AsSystem().Get<IEnumerable<IStorageCheck>>().OfType<LedgerCheck>().Single();
            List<string> problems = [];
            await foreach (var problem in check.ProblemsAsync(db, host.Directory, Ct)) problems.Add(problem);
            return problems;
        });

        /// <summary>Nothing is lost or doubled: all entries add up to zero, and the check finds nothing.</summary>
        public async Task DemandSoundAsync()
        {
            Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerEntries.SumAsync(e => e.AmountFen, Ct)));
            Assert.Empty(await host.ProblemsAsync());
        }
    }
}
