using System.Reflection;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Every page of the app, found by its route, with a person who may open it.</summary>
internal static class Pages
{
    internal sealed record PageUnderTest(string Name, string Address, string? UserName)
    {
        /// <summary>Made for phones: static pages in one column.</summary>
        public bool IsPortal => Address.StartsWith("/my", StringComparison.Ordinal) || Address.StartsWith("/jobs", StringComparison.Ordinal)
            || Address.StartsWith("/Account", StringComparison.Ordinal) || Address.StartsWith("/public", StringComparison.Ordinal)
            || Address.StartsWith("/mail/", StringComparison.Ordinal)
            || Address.StartsWith("/places/rooms/", StringComparison.Ordinal) || Address.EndsWith("/preview", StringComparison.Ordinal);
    }

    /// <summary>The id of a public item that everybody may open; the fixture publishes it.</summary>
    public static long PublishedNews { get; set; }

    /// <summary>All pages; <paramref name="tickets"/> maps a route that needs a ticket to the number to fill in.</summary>
    public static IReadOnlyList<PageUnderTest> All(IReadOnlyDictionary<string, string> tickets) =>
    [
        .. from page in typeof(Components.App).Assembly.GetTypes()
           from route in page.GetCustomAttributes<RouteAttribute>()
           orderby route.Template
           let address = route.Template.Contains("{Number}", StringComparison.Ordinal)
               ? route.Template.Replace("{Number}", tickets[route.Template], StringComparison.Ordinal)
               : route.Template.Replace("{Id:long}", "1", StringComparison.Ordinal).Replace("{Floor:int}", "1", StringComparison.Ordinal)
                   .Replace("news/{Key}", $"news/{PublishedNews}", StringComparison.Ordinal).Replace("{Key}", "people", StringComparison.Ordinal)
                   .Replace("{Key:guid}", Guid.Empty.ToString(), StringComparison.Ordinal).Replace("{Month}", "2026-11", StringComparison.Ordinal)
                   .Replace("{Period}", "2026-11", StringComparison.Ordinal).Replace("{Figure}", "repairs.response-in-time", StringComparison.Ordinal)
                   .Replace("{Token}", "token", StringComparison.Ordinal).Replace("{Order}", OrderSteps.FirstOrder, StringComparison.Ordinal)
           select new PageUnderTest(Named(route.Template).Trim('/').Replace('/', '-').ToLowerInvariant(), address, VisitorOf(route.Template)),
        new("repairs-with-sheet", $"/repairs?view=All&t={tickets["/repairs/{Number}"]}", TestUsers.Dispatcher),
        new("places-signs-of-room", "/places/signs?room=1", TestUsers.Dispatcher),
        new("places-grid", "/places?building=1", TestUsers.Administrator),
        new("voice-with-sheet", "/voice?view=All&case=1", TestUsers.Dispatcher),
        new("repairs-nothing-found", "/repairs?view=All&q=xyzzy", TestUsers.Dispatcher),
    ];

    private static string Named(string route) => route.Replace("{Number}", "ticket", StringComparison.Ordinal)
        .Replace("{Id:long}", "one", StringComparison.Ordinal).Replace("{Floor:int}", "floor", StringComparison.Ordinal)
        .Replace("{Key}", "people", StringComparison.Ordinal)
        .Replace("{Key:guid}", "key", StringComparison.Ordinal).Replace("{Month}", "month", StringComparison.Ordinal)
        .Replace("{Period}", "period", StringComparison.Ordinal).Replace("{Figure}", "figure", StringComparison.Ordinal)
        .Replace("{Token}", "token", StringComparison.Ordinal).Replace("{Order}", "order", StringComparison.Ordinal);

    private static string? VisitorOf(string route) => route switch
    {
        "/Account/Login" or "/Account/Setup" or "/Account/Slip" or "/mail/unsubscribe/{Token}" => null,
        _ when route.StartsWith("/public", StringComparison.Ordinal) => null,
        _ when route.StartsWith("/my", StringComparison.Ordinal) || route.StartsWith("/Account", StringComparison.Ordinal) => TestUsers.Resident,
        _ when route.StartsWith("/jobs", StringComparison.Ordinal) => TestUsers.Technician,
        _ when route.StartsWith("/people", StringComparison.Ordinal) || route.StartsWith("/imports", StringComparison.Ordinal)
            || route.StartsWith("/settings", StringComparison.Ordinal) || route is "/audit" or "/first-steps"
            || route.StartsWith("/news", StringComparison.Ordinal) => TestUsers.Administrator,
        _ when route.StartsWith("/reports", StringComparison.Ordinal) => TestUsers.Manager,
        _ => TestUsers.Dispatcher,
    };
}
