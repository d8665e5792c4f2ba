namespace LogisticsAdmin.Shared;

/// <summary>Addresses to come back to, as forms carry them.</summary>
internal static class LocalUrl
{
    /// <summary>
    /// Returns the URL if it is local to this host, otherwise the start page, which redirects call ~/. Browsers drop tabs and read backslashes as
    /// slashes, so neither is accepted.
    /// Characters outside ASCII are encoded, because a header can't hold them.
    /// </summary>
    public static string OrHome(string? url, string home = ".") =>
        url is "/" || (url is ['/', not '/', ..] && !url.Any(c => c == '\\' || char.IsControl(c)))
            ? string.Concat(url.EnumerateRunes().Select(r => r.IsAscii ? r.ToString() : Uri.EscapeDataString(r.ToString())))
            : home;
}
