using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LogisticsAdmin.Features.People;

/// <summary>
/// The way into an installation without an administrator: a link that works once, within a day, until the process ends or there is
/// an administrator. Only the code's hash is kept, and only in memory: a restart prints a new link and voids the old one.
/// </summary>
public sealed class FirstAdministrator(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private sealed record Code(string Hash, DateTimeOffset Until);

    private readonly Lock _lock = new();
    private Code? _code;

    /// <summary>A new code; the one before becomes invalid.</summary>
    public string Issue()
    {
        var code = OneTimeCode.New();
        lock (_lock) _code = new Code(OneTimeCode.Hash(code), clock.GetUtcNow() + Lifetime);
        return code;
    }

    public bool Accepts(string? code)
    {
        lock (_lock) return Fits(code);
    }

    /// <summary>Creates the administrator and uses up the code. When the form is refused or fails, the code stays valid.</summary>
    public async Task<long> RedeemAsync(string? code, AdministratorForm form, Administrators administrators, CancellationToken ct = default)
    {
        Code? taken;
        lock (_lock)
        {
            if (!Fits(code)) throw Rejected.Because<PeopleText>("SetupOver");
            (taken, _code) = (_code, null);
        }
        try
        {
            return await administrators.CreateFirstAsync(form, ct);
        }
        catch (Exception e) when (e is not Rejected { Code: "SetupOver" })
        {
            lock (_lock) _code ??= taken;
            throw;
        }
    }

    private bool Fits(string? code) =>
        !string.IsNullOrEmpty(code) && _code is { } issued && clock.GetUtcNow() < issued.Until && OneTimeCode.Hash(code) == issued.Hash;
}

/// <summary>Prints the link once the app listens and there is no administrator. On the console only: a log would keep it.</summary>
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

    /// <summary>An address like 0.0.0.0 can't be opened, so localhost is printed instead.</summary>
    internal static string LinkFrom(string address, string code) =>
        $"{address.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("//+", "//localhost").Replace("//*", "//localhost").TrimEnd('/')}/Account/Setup?code={code}";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
