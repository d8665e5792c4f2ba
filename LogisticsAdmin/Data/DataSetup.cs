using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace LogisticsAdmin.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage");
        services.AddSingleton<WriteGate>();
        services.AddSingleton<StorageLock>();
        services.AddSingleton<Backups>();
        services.AddScoped<WriteServices>();
        services.AddScoped<DatabaseStartup>();
        services.AddScoped<StorageInspection>();
        services.AddScoped<IConsoleCommand, BackupCommand>();
        services.AddScoped<IConsoleCommand, RestoreCommand>();
        services.AddScoped<IConsoleCommand, CheckCommand>();
        services.AddHostedService<UndoStepSweep>();
        services.AddStorageHealth();
        services.AddSqlite();
        // Keys are not encrypted: whoever can read the storage directory can read the database, too. Setting this explicitly avoids a warning.
        services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor = new NullXmlEncryptor());
        services.AddDataProtection().SetApplicationName("LogisticsAdmin").PersistKeysToFileSystem(
            new DirectoryInfo((configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions()).Keys));
        return services;
    }
}
