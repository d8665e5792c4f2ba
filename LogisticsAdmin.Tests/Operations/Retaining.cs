using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Operations.Retention;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace LogisticsAdmin.Tests.Operations;

/// <summary>Steps of tests about retention periods.</summary>
internal static class Retaining
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TestHost host)
    {
        public RetentionRunner Runner => host.Services.GetRequiredService<RetentionRunner>();

        public RetentionJob NewJob() =>
            new(host.Runner, host.Services.GetRequiredService<IServiceScopeFactory>(), host.Clock, NullLogger<RetentionJob>.Instance);

        /// <summary>What the job does at one of its ticks.</summary>
        public async Task TickAsync(RetentionJob? job = null)
        {
            await using var scope = host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            await (job ?? host.NewJob()).RunDueAsync(scope.ServiceProvider, Ct);
        }

        public async Task KeepAsync(RetentionForm form) =>
            await (await host.AsAsync(TestUsers.Administrator)).Get<RetentionService>().SaveAsync(form, Ct);

        /// <summary>Messages to the resident that arrived now.</summary>
        public Task<int> ReceiveAsync(int count = 1) => host.InDatabaseAsync(async db =>
        {
            var (id, now) = (await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct), host.Clock.GetUtcNow());
            return await db.WriteAsync(token =>
            {
                using var bulk = new BulkWriter(db);
                bulk.Add(Enumerable.Range(0, count).Select(n => new InboxItem(id, 1, $"BX{n}", null, now)), token);
                return Task.FromResult(count);
            }, Ct);
        });

        public Task<int> MessagesAsync() => host.InDatabaseAsync(db => db.Inbox.CountAsync(Ct));

        public Task<RetentionRun> RunOfAsync(RetentionKind kind) =>
            host.InDatabaseAsync(db => db.RetentionRuns.AsNoTracking().Where(r => r.Kind == kind).OrderByDescending(r => r.Id).FirstAsync(Ct));

        /// <summary>The acts of the audit log that tell a run.</summary>
        public Task<List<AuditEntry>> RunEntriesAsync() =>
            host.InDatabaseAsync(db => db.Audit.AsNoTracking().Where(a => a.Entity == nameof(RetentionRun)).OrderBy(a => a.Id).ToListAsync(Ct));

        public void Pass(int months) => host.Clock.SetUtcNow(host.Clock.GetUtcNow().AddMonths(months));
    }
}
