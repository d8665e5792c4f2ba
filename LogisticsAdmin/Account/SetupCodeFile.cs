using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Account;

/// <summary>
/// Writes the code of the <see cref="FirstAdministrator"/> to a file in the storage directory once the app listens, if there is no administrator.
/// The console, which services keep as a log, gets only the page's address and the file's name; the code is typed, so no proxy logs it either.
/// </summary>
internal sealed class SetupCodeFile(
    FirstAdministrator first, IServiceScopeFactory scopes, IServer server, IConfiguration settings, IOptions<StorageOptions> storage) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        File.Delete(storage.Value.SetupCode);
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<Administrators>().AnyAsync(cancellationToken)) return;
        await WriteAsync(first.Issue(), cancellationToken);
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        Console.WriteLine($"""
            There is no administrator yet. Open {PageAt(address, PathPrefix.Of(settings))} and type the code that is in
              {storage.Value.SetupCode}
            It works once, within 24 hours; a restart writes a new one.
            还没有管理员。请打开上面的地址，输入该文件中的设置码（24 小时内有效，仅可使用一次，重启后换新）。
            """);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        File.Delete(storage.Value.SetupCode);
        return Task.CompletedTask;
    }

    /// <summary>An address that means "every network interface" can't be opened, so it becomes localhost.</summary>
    internal static string PageAt(string address, string prefix = "")
    {
        var local = address.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("//+", "//localhost").Replace("//*", "//localhost");
        return $"{local.TrimEnd('/')}{prefix}/Account/Setup";
    }

    private async Task WriteAsync(string code, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(storage.Value.SetupCode, options);
        await file.WriteLineAsync(code.AsMemory(), ct);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
