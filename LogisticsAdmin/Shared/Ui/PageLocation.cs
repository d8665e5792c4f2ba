using Microsoft.AspNetCore.Components;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// Where the open page is. Addresses within the app are relative to its base, without a slash in front, because the app may be served below a path.
/// </summary>
public static class PageLocation
{
    extension(NavigationManager navigation)
    {
        /// <summary>Path and query of the open page on its host, to come back to it.</summary>
        public string Here => new Uri(navigation.Uri).PathAndQuery;

        /// <summary>The path of the open page below the base of the app.</summary>
        public string Path => navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0];
    }
}
