namespace LogisticsAdmin.Account;

/// <summary>
/// Browser and system in a few words, such as "Chrome · Windows". Only names of this list are used, whatever a client sends.
/// </summary>
public static class Device
{
    /// <summary>How many characters of the header are read; browsers send far fewer.</summary>
    private const int MaxLength = 512;

    // User-Agent headers also name other browsers for compatibility, so the first match in this order is used.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger/", "WeChat"), ("DingTalk/", "DingTalk"), ("QQBrowser/", "QQ"), ("HuaweiBrowser/", "Huawei"), ("MiuiBrowser/", "Xiaomi"),
        ("SamsungBrowser/", "Samsung"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>Browser and system by a User-Agent header, as far as they are known; null when neither is.</summary>
    public static string? Of(string? userAgent)
    {
        var sent = userAgent.AsSpan();
        if (sent.Length > MaxLength) sent = sent[..MaxLength];
        return (Find(sent, Browsers), Find(sent, Systems)) switch
        {
            ({ } browser, { } system) => $"{browser} · {system}",
            var (browser, system) => browser ?? system,
        };
    }

    private static string? Find(ReadOnlySpan<char> sent, (string Mark, string Name)[] known)
    {
        foreach (var (mark, name) in known)
            if (sent.Contains(mark, StringComparison.Ordinal)) return name;
        return null;
    }
}
