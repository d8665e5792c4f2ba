using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Voice.Demo;

/// <summary>Loads the demo's cases at the first start in Development, where it also generates tickets. Commands and tests get none.</summary>
internal sealed class DemoVoiceStart(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || configuration.GetValue("Demo:Tickets", 0) <= 0) return;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await scope.ServiceProvider.GetRequiredService<DemoVoice>().LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
