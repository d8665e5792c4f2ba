using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data.Sqlite;

internal static class SqliteSetup
{
    public static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<IDatabaseEngine, SqliteEngine>();
        services.AddSingleton<IDatabaseStorage, SqliteStorage>();
        services.AddSingleton<ConnectionPragmas>();
        services.AddHostedService<WalCheckpoints>();
        services.AddDbContextFactory<LogisticsDb>((sp, db) => db
            .UseSqlite(sp.GetRequiredService<IOptions<StorageOptions>>().Value.SqliteConnection)
            .AddInterceptors(sp.GetRequiredService<ConnectionPragmas>()), ServiceLifetime.Scoped);
    }
}
