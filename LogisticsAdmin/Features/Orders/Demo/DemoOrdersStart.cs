using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Orders.Demo;

/// <summary>Loads orders at the first start in Development, where tickets are generated too.</summary>
internal sealed class DemoOrdersStart(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || configuration.GetValue("Demo:Tickets", 0) <= 0) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await scope.ServiceProvider.GetRequiredService<DemoOrders>().LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
