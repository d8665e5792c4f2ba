using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LogisticsAdmin.Features.People;

/// <summary>Prints the address of the app and the demo accounts on the console. Development only.</summary>
internal sealed class DemoWelcome(IServer server, IConfiguration settings) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.Out.WriteLine($"""

            LogisticsAdmin  {string.Join("  ", addresses.Select(a => a + PathPrefix.Of(settings)))}
            Demo accounts / 演示账号: admin · manager · dispatcher · dispatcher.en · technician · student
            Password / 密码: {DemoPeople.Password}   Stop / 停止: Ctrl+C

            """);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
