using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Fees.Demo;

/// <summary>
/// Loads meters, bills, payments and what the office does with debts of one building at the first start in Development, where tickets are generated too.
/// </summary>
internal sealed class DemoFeesStart(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || configuration.GetValue("Demo:Tickets", 0) <= 0) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        if (await scope.ServiceProvider.GetRequiredService<DemoFees>().LoadAsync(cancellationToken))
            await scope.ServiceProvider.GetRequiredService<DemoOffice>().LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
