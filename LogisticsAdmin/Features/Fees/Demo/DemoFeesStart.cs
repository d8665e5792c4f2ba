using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Fees.Demo;

/// <summary>
/// Loads meters, bills and payments of one building at the first start in Development, where tickets are generated too. What the office does with debts
/// follows while the app runs already.
/// </summary>
internal sealed class DemoFeesStart(IServiceScopeFactory scopes, IConfiguration configuration, IHostEnvironment environment) : BackgroundService
{
    private bool _isLoaded;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment() && configuration.GetValue("Demo:Tickets", 0) > 0)
        {
            await using var scope = AsSystem();
            _isLoaded = await scope.ServiceProvider.GetRequiredService<DemoFees>().LoadAsync(cancellationToken);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_isLoaded) return;
        await using var scope = AsSystem();
        // Loaded once: an app that stops in its first second waits until it is done.
        await scope.ServiceProvider.GetRequiredService<DemoOffice>().LoadAsync(CancellationToken.None);
    }

    private AsyncServiceScope AsSystem()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        return scope;
    }
}
