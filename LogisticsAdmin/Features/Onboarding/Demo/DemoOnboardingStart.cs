using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Onboarding.Demo;

/// <summary>
/// Loads the demo's season and round of leaving at the first start in Development, where tickets are generated too. Commands and tests get none.
/// </summary>
internal sealed class DemoOnboardingStart(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || configuration.GetValue("Demo:Tickets", 0) <= 0) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await scope.ServiceProvider.GetRequiredService<DemoOnboarding>().LoadAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<DemoLeaving>().LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
