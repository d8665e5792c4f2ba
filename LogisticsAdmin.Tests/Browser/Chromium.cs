using System.Diagnostics;
using Microsoft.Playwright;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Finds a Chromium on this machine or downloads one; otherwise says in one sentence what to install.</summary>
internal static class Chromium
{
    // Debian's packages of the browser and the fonts of every FontSet.
    private static readonly string[] Packages = ["chromium-headless-shell", "fonts-noto-cjk", "fonts-noto-core"];

    // The headless shell first: the others also draw the window around the page, which takes a third of the processor of a test.
    private static readonly string[] Commands =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"];

    /// <summary>Starts a browser with this set of fonts, as far as they are installed; <paramref name="folder"/> takes its font configuration.</summary>
    public static async Task<IBrowser> LaunchAsync(IPlaywright playwright, FontSet fonts, string folder)
    {
        var environment = await BrowserFonts.EnvironmentAsync(fonts, folder);
        if (Installed() is { } installed) return await LaunchAsync(playwright, environment, executable: installed);
        foreach (var channel in new[] { "chrome", "msedge" })
            if (await TryAsync(playwright, environment, channel) is { } known) return known;

        if (await TryAsync(playwright, environment) is { } earlier) return earlier;
        if (Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0 && await TryAsync(playwright, environment) is { } downloaded) return downloaded;
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && await AptInstallAsync() && Installed() is { } packaged)
            return await LaunchAsync(playwright, await BrowserFonts.EnvironmentAsync(fonts, folder), executable: packaged);
        throw new InvalidOperationException(
            "The browser tests need Chromium, Chrome or Edge and found none: "
            + $"install one (Debian: apt-get install {string.Join(' ', Packages)}) and run them again.");
    }

    private static string? Installed() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => Commands.Select(command => Path.Combine(directory, command)))
            .FirstOrDefault(File.Exists);

    private static async Task<IBrowser?> TryAsync(IPlaywright playwright, Dictionary<string, string>? environment, string? channel = null)
    {
        try
        {
            return await LaunchAsync(playwright, environment, channel);
        }
        catch (PlaywrightException)
        {
            return null;
        }
    }

    private static Task<IBrowser> LaunchAsync(
        IPlaywright playwright, Dictionary<string, string>? environment, string? channel = null, string? executable = null) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            Channel = channel,
            ExecutablePath = executable,
            Env = environment,
            // There is no sandbox for root; the other arguments stop the browser's own network requests.
            Args = [.. Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? (string[])["--no-sandbox"] : [],
                "--disable-quic", "--disable-background-networking", "--font-render-hinting=none"],
        });

    private static async Task<bool> AptInstallAsync()
    {
        try
        {
            var apt = new ProcessStartInfo("apt-get", ["install", "-y", "--no-install-recommends", .. Packages]);
            apt.Environment["DEBIAN_FRONTEND"] = "noninteractive";
            using var process = Process.Start(apt)!;
            await process.WaitForExitAsync();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
