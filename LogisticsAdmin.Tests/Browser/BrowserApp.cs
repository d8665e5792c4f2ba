using LogisticsAdmin.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The whole app on Kestrel at http://localhost, with a storage directory of its own and the real clock.</summary>
internal sealed class BrowserApp : WebApplicationFactory<Components.App>
{
    private readonly bool _keepsStorage;
    private readonly Action<IServiceCollection>? _change;

    private BrowserApp(string directory, int port, bool keepsStorage, Action<IServiceCollection>? change)
    {
        (Directory, _keepsStorage, _change) = (directory, keepsStorage, change);
        UseKestrel(port);
    }

    public string Directory { get; }

    public Uri Address => new($"http://localhost:{ClientOptions.BaseAddress.Port}/");

    public static BrowserApp Start(
        string? directory = null, int port = 0, bool keepsStorage = false, Action<IServiceCollection>? change = null)
    {
        var app = new BrowserApp(directory ?? TestHouse.NewDirectory(), port, keepsStorage, change);
        app.StartServer();
        return app;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environments.Development);
        builder.UseSetting("Storage:Directory", Directory);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        if (_change is not null) builder.ConfigureServices(_change);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using (var connection = new SqliteConnection(new StorageOptions { Directory = Directory }.ConnectionString))
            SqliteConnection.ClearPool(connection);
        if (!_keepsStorage) System.IO.Directory.Delete(Directory, recursive: true);
    }
}
