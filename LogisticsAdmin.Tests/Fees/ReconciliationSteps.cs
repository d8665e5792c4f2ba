using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Steps of the tests of the reconciliation with the sandbox.</summary>
internal static class ReconciliationSteps
{
    /// <summary>The day of <see cref="TestHost.Start"/>.</summary>
    public static readonly DateOnly Day = new(2026, 11, 22);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TestHost host)
    {
        /// <summary>Opens a way to pay and lets the sandbox do something with it; returns its request number.</summary>
        public async Task<string> AtBankAsync(SandboxAct act = SandboxAct.Pay, string amount = "50")
        {
            var request = await host.OpenAsync(await host.OrderAsync(amount));
            await (await host.AsAsync(TestUsers.Resident)).Get<SandboxBank>().DoAsync(request, act, Ct);
            return request;
        }

        /// <summary>Changes what the sandbox has on its side.</summary>
        public Task DisturbAsync(string sql, params object[] values) => host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql, values, Ct));

        /// <summary>Fetches the statement of <see cref="Day"/> on the next morning.</summary>
        public async Task ReconcileAsync()
        {
            var morning = host.Services.GetRequiredService<OfficeTime>().At(Day.AddDays(1), new TimeOnly(6, 0));
            if (host.Clock.GetUtcNow() < morning) host.Clock.SetUtcNow(morning);
            await host.AsSystem().Get<StatementWork>().RunAsync(Ct);
        }

        public Task<List<StatementLine>> LinesAsync() =>
            host.InDatabaseAsync(db => db.Set<StatementLine>().AsNoTracking().OrderBy(l => l.Id).ToListAsync(Ct));

        public async Task<StatementLine> LineAsync(string request) => Assert.Single(await host.LinesAsync(), l => l.RequestNumber == request);

        public async Task<ReconciliationService> SettlingAsync(string who = TestUsers.Manager) => (await host.AsAsync(who)).Get<ReconciliationService>();
    }
}
