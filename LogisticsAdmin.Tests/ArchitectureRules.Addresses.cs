using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

/// <summary>The app may be served below a path: what it writes for browsers is relative to its base, or it would leave the app.</summary>
internal static partial class ArchitectureRules
{
    public static IEnumerable<string> AddressesAreRelativeToTheBase(string path, string text)
    {
        if (!IsIn("LogisticsAdmin/", path)) return [];
        var written = Path.GetExtension(path) switch
        {
            ".razor" => InMarkup(),
            ".js" => InScript(),
            ".css" => InStyle(),
            _ => InCode(),
        };
        return from line in Code(text).Split('\n')
               where !line.StartsWith("@page", StringComparison.Ordinal) && written.IsMatch(line)
               select $"{path}: write an address within the app without a slash in front, and in a redirect of an endpoint with ~/: {line.Trim()}";
    }

    [GeneratedRegex("""="/(?!/)|"/(?=[A-Za-z{])|href="[#?]""")]
    private static partial Regex InMarkup();

    [GeneratedRegex("""(fetch|import|navigateTo|assign|replace|open)\(\s*["'`]/|(href|src|action|location)\s*=\s*["'`]/|pathname\s*[!=]==?\s*["'`]/""")]
    private static partial Regex InScript();

    [GeneratedRegex("""url\(\s*["']?/""")]
    private static partial Regex InStyle();

    /// <summary>Routes, paths of requests and of the framework, and files of the system begin with a slash.</summary>
    [GeneratedRegex("""^(?!.*(\.Map\w+\(|Segments\(|PathBase|Path = |HandlingPath|WithReExecute|const string Hub)).*("/(?!proc/)[A-Za-z]|Redirect\(\$"/)""")]
    private static partial Regex InCode();
}
