namespace LogisticsAdmin.Account;

internal static class LocalUrl
{
    /// <summary>The address if it is within this app, else "/". Browsers drop tabs and turn backslashes around, so neither is accepted.</summary>
    public static string OrHome(string? url) =>
        url is "/" || (url is ['/', not '/', ..] && !url.Any(c => c == '\\' || char.IsControl(c))) ? url : "/";
}
