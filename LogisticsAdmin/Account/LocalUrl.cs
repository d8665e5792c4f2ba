namespace LogisticsAdmin.Account;

internal static class LocalUrl
{
    /// <summary>The address when it lies within this app, else home. Browsers drop tabs and turn backslashes, so neither may be in it.</summary>
    public static string OrHome(string? url) =>
        url is "/" || (url is ['/', not '/', ..] && !url.Any(c => c == '\\' || char.IsControl(c))) ? url : "/";
}
