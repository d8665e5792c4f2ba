using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>
/// The app's own services on a database file of its own, copied from one template that was migrated and seeded once. There is no web server,
/// and the live feed is the only hosted service; the clock stays at <see cref="Start"/> until a test advances it.
/// </summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>Sunday, 22 November 2026, 14:00 in Shanghai.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);
    private readonly List<AsyncServiceScope> _scopes = [];
    private readonly WebApplication _app;
    private bool _keepsDirectory;

    private TestHost(WebApplication app, string directory, FakeTimeProvider clock) => (_app, Directory, Clock) = (app, directory, clock);

    public string Directory { get; }
    public FakeTimeProvider Clock { get; }
    public IServiceProvider Services => _app.Services;

    public static async Task<TestHost> OpenAsync(Action<IServiceCollection>? change = null)
    {
        var directory = await NewStorageAsync();
        var host = Build(directory, change);
        await host.Services.GetRequiredService<InProcessFeed>().StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>
    /// Starts the app on a directory that a test has prepared, with everything that <see cref="DatabaseStartup"/> does and refuses. The
    /// directory is not deleted on disposal.
    /// </summary>
    public static async Task<TestHost> StartAsync(string directory, Action<IServiceCollection>? change = null)
    {
        var host = Build(directory, change);
        host._keepsDirectory = true;
        try
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DatabaseStartup>().PrepareAsync();
            await host.Services.GetRequiredService<InProcessFeed>().StartAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A scope in which this person acts, like a request or a circuit.</summary>
    public async Task<Desk> AsAsync(string userName)
    {
        var scope = Scope();
        var signIn = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = await signIn.Users.SingleAsync(p => p.UserName == userName, TestContext.Current.CancellationToken);
        var claims = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Person>>().CreateAsync(person);
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.From(claims));
        return new Desk(scope.ServiceProvider, person.Id);
    }

    /// <summary>A scope in which the system acts (系统).</summary>
    public Desk AsSystem()
    {
        var scope = Scope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        return new Desk(scope.ServiceProvider, 0);
    }

    /// <summary>Reads or changes stored rows directly, bypassing the services.</summary>
    public async Task<T> InDatabaseAsync<T>(Func<LogisticsDb, Task<T>> query)
    {
        await using var db = await AsSystem().Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await query(db);
    }

    /// <summary>A new storage directory with a migrated and seeded database.</summary>
    public static async Task<string> NewStorageAsync()
    {
        var template = await Template.Value;
        var directory = NewDirectory();
        File.Copy(Path.Combine(template, "logistics.db"), Path.Combine(directory, "logistics.db"));
        return directory;
    }

    /// <summary>Deletes a storage directory that is no longer in use.</summary>
    public static void DropStorage(string directory)
    {
        ClearPool(directory);
        System.IO.Directory.Delete(directory, recursive: true);
    }

    /// <summary>Closes the connections of this database that are kept for later, and of no other test's.</summary>
    public static void ClearPool(string directory)
    {
        using var connection = new SqliteConnection(ConnectionString(directory));
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Tests write more in a minute than a resident in a day; those of the limits set their own.</summary>
    public static void Unlimited(LimitOptions limits) =>
        (limits.ReportsPerDay, limits.RepliesPerDay, limits.NudgesPerDay, limits.UploadsPerHour) = (1_000_000, 1_000_000, 1_000_000, 1_000_000);

    public static string NewDirectory()
    {
        var directory = Path.Combine(Path.GetTempPath(), "logistics-tests", Guid.NewGuid().ToString("N"));
        System.IO.Directory.CreateDirectory(directory);
        return directory;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scope in _scopes) await scope.DisposeAsync();
        await _app.Services.GetRequiredService<InProcessFeed>().StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        if (_keepsDirectory) ClearPool(Directory);
        else DropStorage(Directory);
    }

    private AsyncServiceScope Scope()
    {
        var scope = _app.Services.CreateAsyncScope();
        lock (_scopes) _scopes.Add(scope);
        return scope;
    }

    private static TestHost Build(string directory, Action<IServiceCollection>? change)
    {
        var clock = new FakeTimeProvider(Start);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Development, ApplicationName = "LogisticsAdmin" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Directory"] = directory });
        builder.Logging.ClearProviders();
        Program.AddServices(builder);
        builder.Services.Configure<LimitOptions>(Unlimited);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        change?.Invoke(builder.Services);
        return new TestHost(builder.Build(), directory, clock);
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var directory = NewDirectory();
        var host = Build(directory, null);
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DatabaseStartup>().PrepareAsync();
        await host._app.DisposeAsync();
        ClearPool(directory);
        return directory;
    }

    private static string ConnectionString(string directory) => new StorageOptions { Directory = directory }.SqliteConnection;
}

/// <summary>One person's scope.</summary>
internal sealed class Desk(IServiceProvider services, long personId)
{
    public long PersonId { get; } = personId;
    public RepairService Repairs => Get<RepairService>();
    public RepairIntake Intake => Get<RepairIntake>();
    public DeskQueries Lists => Get<DeskQueries>();
    public TicketQueries Tickets => Get<TicketQueries>();
    public ChoiceQueries Choices => Get<ChoiceQueries>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();
}
