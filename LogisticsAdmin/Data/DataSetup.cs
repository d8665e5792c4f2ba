using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

public static class DataSetup
{
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<WriteOptions>().BindConfiguration("Writes");
        services.AddSingleton<DataMeter>();
        services.AddSingleton<WriteGate>();
        services.AddSingleton<TableVersions>();
        services.AddSingleton<KeptReadings>();
        services.AddHostedService<LastWrites>();
        services.AddSingleton<StorageLock>();
        services.AddOptions<BackupOptions>().BindConfiguration("Backups");
        services.AddSingleton<Backups>();
        services.AddSingleton<BackupRetention>();
        services.AddSingleton<BackupFolder>();
        services.AddScoped<RestoreTest>();
        services.AddHostedService<BackupJob>();
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
        services.AddDataProtection().SetApplicationName("LogisticsAdmin");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<StorageOptions>, ILoggerFactory>((keys, storage, logs) =>
        {
            keys.XmlEncryptor = new NullXmlEncryptor();
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(storage.Value.Keys), logs);
        });
        return services;
    }
}
