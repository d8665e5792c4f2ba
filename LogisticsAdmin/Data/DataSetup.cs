using LogisticsAdmin.Live;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage");
        services.AddSingleton<WriteGate>();
        services.AddSingleton<StorageLock>();
        services.AddSingleton<ConnectionManners>();
        services.AddSingleton<Backups>();
        services.AddScoped<WriteServices>();
        services.AddScoped<DatabaseStartup>();
        services.AddDbContextFactory<LogisticsDb>((sp, db) => db
            .UseSqlite(sp.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString)
            .AddInterceptors(sp.GetRequiredService<ConnectionManners>()), ServiceLifetime.Scoped);
        services.AddDataProtection().SetApplicationName("LogisticsAdmin").PersistKeysToFileSystem(
            new DirectoryInfo((configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions()).Keys));
        return services;
    }
}

/// <summary>For the migrations tool only, which needs the model and no services.</summary>
internal sealed class LogisticsDbDesign : IDesignTimeDbContextFactory<LogisticsDb>
{
    public LogisticsDb CreateDbContext(string[] args)
    {
        var standing = new Security.Standing();
        var services = new WriteServices(new WriteGate(), new SilentFeed(), [], standing, new Security.CurrentUser(standing), TimeProvider.System);
        return new LogisticsDb(new DbContextOptionsBuilder<LogisticsDb>().UseSqlite("Data Source=design.db").Options, services);
    }

    private sealed class SilentFeed : IChangeFeed
    {
        public void Publish(IReadOnlyList<Change> changes) { }

        public Subscription Subscribe(long? personId, Func<Change, bool> wanted) => throw new NotSupportedException();
    }
}
