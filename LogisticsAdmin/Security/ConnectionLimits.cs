using System.Globalization;
using System.Reflection;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LogisticsAdmin.Security;

/// <summary>
/// How many connections the server holds. Each is an open file, and a process that has none left can't open its database: clients that only
/// connect must not get that far.
/// </summary>
internal static class ConnectionLimits
{
    private const string Section = "Kestrel:Limits";
    private const int Most = 10_000;
    private const int WhereUnknown = 1_000;

    /// <summary>
    /// Not for connections: the runtime keeps some 350 files open, nearly all of them assemblies, and the database needs some for each reader.
    /// </summary>
    private const int LeastReserve = 700;

    /// <summary>Limits below the process's own of open files, unless the settings of the server have others.</summary>
    public static void AddConnectionLimits(this IServiceCollection services) =>
        services.AddOptions<KestrelServerOptions>().Configure<IConfiguration>((server, settings) =>
        {
            // Connections of open pages are counted separately once they have become WebSockets.
            server.Limits.MaxConcurrentConnections = server.Limits.MaxConcurrentUpgradedConnections = OfEach(OpenFiles());
            try
            {
                settings.GetSection(Section).Bind(server.Limits);
            }
            catch (TargetInvocationException wrong)
            {
                throw new StartupProblem(
                    $"{Section} can't be used: {wrong.InnerException?.Message.ReplaceLineEndings(" ")} Correct appsettings.json or the environment. "
                    + "连接限制设置有误，请更正 Kestrel:Limits。", wrong);
            }
        });

    /// <summary>The limit of each of both kinds with so many open files; null where that is unknown.</summary>
    internal static int OfEach(int? openFiles) => openFiles is not { } files
        ? WhereUnknown
        : Math.Clamp((files - Math.Max(LeastReserve, files / 4)) / 2, 10, Most);

    /// <summary>The limit that applies to this process, which the runtime has raised as far as it may.</summary>
    internal static int? OpenFiles()
    {
        const string name = "Max open files";
        if (!OperatingSystem.IsLinux()) return null;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        var soft = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files) ? files : null;
    }
}
