using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Demo;

public sealed class DemoOptions
{
    /// <summary>How many tickets the first start in Development generates; 0 for none.</summary>
    public int Tickets { get; set; }
    public int Months { get; set; } = 3;
    public int Seed { get; set; } = 7;
}

/// <summary>
/// Generates demo tickets in Development if there are no tickets yet, before the server listens. Commands and tests do not start hosted
/// services and thus get none.
/// </summary>
internal sealed class DemoStart(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = configuration.GetSection("Demo").Get<DemoOptions>() ?? new DemoOptions();
        if (options.Tickets <= 0 || !environment.IsDevelopment()) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await using (var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(cancellationToken))
            if (await db.RepairTickets.AnyAsync(cancellationToken)) return;
        await scope.ServiceProvider.GetRequiredService<DemoTickets>()
            .GenerateAsync(options.Tickets, options.Months, options.Seed, clock.GetUtcNow(), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
