using System.Text.RegularExpressions;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Security;

/// <summary>The path below which the app is served, where a host has other sites, too.</summary>
public static partial class PathPrefix
{
    /// <summary>The setting; empty for an app at the top of its host. Throws <see cref="StartupProblem"/> when it is no path.</summary>
    public static string Of(IConfiguration settings) => settings["PathBase"] switch
    {
        null or "" => "",
        { } path when Form().IsMatch(path) => path,
        { } wrong => throw new StartupProblem(
            $"PathBase is \"{wrong}\", but must begin with a slash, end without one, and have only letters, digits and -._~ between slashes "
            + "(PathBase=/logistics). Correct it in appsettings.json or the environment. "
            + "路径前缀须以 / 开头、不以 / 结尾，请更正 PathBase。"),
    };

    /// <summary>Serves the app below its prefix. What comes without it, such as a health check beside the proxy, is answered as well.</summary>
    public static void UsePathPrefix(this WebApplication app)
    {
        app.UsePathBase(Of(app.Configuration));
        // By itself the framework would look for the endpoint first, at the path with the prefix.
        app.UseRouting();
    }

    [GeneratedRegex(@"^(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex Form();
}
