namespace LogisticsAdmin.Account;

internal static class LocalUrl
{
    /// <summary>
    /// Returns the URL if it is local to this app, otherwise "/". Browsers drop tabs and read backslashes as slashes, so neither is accepted.
    /// </summary>
    public static string OrHome(string? url) =>
        url is "/" || (url is ['/', not '/', ..] && !url.Any(c => c == '\\' || char.IsControl(c))) ? url : "/";
}
