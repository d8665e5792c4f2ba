using System.Runtime.InteropServices;

namespace LogisticsAdmin;

/// <summary>The library that the runtime takes languages, sorting and calendars from; on Linux it is a package of the system.</summary>
internal static class IcuLibrary
{
    /// <summary>
    /// Asks the runtime's own search, and must not need a culture: without ICU the runtime would then end the process. Asked once: two searches at
    /// the same time end the process, too.
    /// </summary>
    public static bool IsInstalled { get; } =
        !OperatingSystem.IsLinux() || (AppContext.TryGetSwitch("System.Globalization.Invariant", out var isInvariant) && isInvariant) || Load() != 0;

    [DllImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU")]
    private static extern int Load();
}
