using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LogisticsAdmin.Account;

/// <summary>
/// Prints the link of the <see cref="FirstAdministrator"/> to the console once the app listens, if there is no administrator. It is not
/// logged, because logs are kept.
/// </summary>
internal sealed class FirstAdministratorLink(FirstAdministrator first, IServiceScopeFactory scopes, IServer server) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<Administrators>().AnyAsync(cancellationToken)) return;
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        Console.WriteLine($"""
            There is no administrator yet. This link makes one, once, within 24 hours; a restart prints a new one.
            还没有管理员。请在 24 小时内打开此链接创建（仅可使用一次，重启后换新）：
              {LinkFrom(address, first.Issue())}
            """);
    }

    /// <summary>An address that means "every network interface" can't be opened, so it becomes localhost.</summary>
    internal static string LinkFrom(string address, string code)
    {
        var local = address.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("//+", "//localhost").Replace("//*", "//localhost");
        return $"{local.TrimEnd('/')}/Account/Setup?code={code}";
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
