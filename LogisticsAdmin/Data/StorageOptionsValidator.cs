using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Refuses an empty storage directory, and outside Development a relative one: started from another folder, the app would find an empty store.
/// </summary>
internal sealed class StorageOptionsValidator(IHostEnvironment environment) : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Directory))
        {
            return ValidateOptionsResult.Fail(
                "Storage:Directory is empty. Set it to the storage directory (Storage__Directory=/srv/logistics). "
                + "存储目录未设置，请填写 Storage:Directory。");
        }
        return environment.IsDevelopment() || Path.IsPathFullyQualified(options.Directory)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Storage:Directory is \"{options.Directory}\", relative to whatever folder the app is started from. "
                + "Outside Development set an absolute path (Storage__Directory=/srv/logistics). "
                + "正式运行时存储目录须为绝对路径，请修改 Storage:Directory。");
    }
}
