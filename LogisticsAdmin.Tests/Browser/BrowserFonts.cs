using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Xml.Linq;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Limits a browser to one set of fonts, so that widths do not depend on the installed fonts.</summary>
internal static class BrowserFonts
{
    private const string Setting = "FONTCONFIG_FILE";

    /// <summary>
    /// The environment for a browser that sees only these fonts; its font configuration is written into <paramref name="folder"/>. Null when
    /// fontconfig or the set's Chinese font is missing; the browser then uses all fonts.
    /// </summary>
    public static async Task<Dictionary<string, string>?> EnvironmentAsync(FontSet fonts, string folder)
    {
        var system = Environment.GetEnvironmentVariable(Setting) ?? "/etc/fonts/fonts.conf";
        if (!OperatingSystem.IsLinux() || !File.Exists(system)) return null;
        var file = Path.Combine(folder, $"{fonts}.conf");
        await File.WriteAllTextAsync(file, Configuration(system, FamiliesOf(fonts)));
        if (!await HasChineseAsync(file)) return null;
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
        environment[Setting] = file;
        return environment;
    }

    private static string[] FamiliesOf(FontSet fonts) => fonts switch
    {
        FontSet.LatinAndChinese => ["Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math", "Noto Sans CJK SC"],
        FontSet.ChineseOnly => ["Noto Sans CJK SC"],
        _ => throw new ArgumentOutOfRangeException(nameof(fonts)),
    };

    private static string Configuration(string system, IEnumerable<string> families) =>
        new XElement("fontconfig",
            new XElement("include", system),
            new XElement("selectfont",
                // An empty pattern matches every font; fonts accepted by name are still let through.
                new XElement("rejectfont", new XElement("pattern")),
                new XElement("acceptfont", families.Select(family =>
                    new XElement("pattern", new XElement("patelt", new XAttribute("name", "family"), new XElement("string", family))))))).ToString();

    /// <summary>Whether a browser with this configuration could show Chinese; without any font it would not even start.</summary>
    private static async Task<bool> HasChineseAsync(string file)
    {
        try
        {
            var list = new ProcessStartInfo("fc-list", [":lang=zh-cn", "family"]) { RedirectStandardOutput = true };
            list.Environment[Setting] = file;
            using var process = Process.Start(list)!;
            var found = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 && !string.IsNullOrWhiteSpace(found);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
