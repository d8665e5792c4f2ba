using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Feeds;

internal static class FeedsSetup
{
    public static IServiceCollection AddFeeds(this IServiceCollection services) =>
        services.AddSingleton<NewsFeeds>().AddSingleton<PublicLimits>().AddScoped<PublicNews>();

    /// <summary>Refuses an address that asks too often for what needs no account.</summary>
    public static IApplicationBuilder UsePublicLimits(this IApplicationBuilder app) => app.UseMiddleware<PublicLimits>();

    /// <summary>What needs no account: feeds, and the pictures of public items.</summary>
    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").AllowAnonymous().WithMetadata(new PublicLimitAttribute());
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        open.MapMethods("/feeds/{name}.atom", reading, (string name, string? lang, HttpContext context, NewsFeeds feeds, CancellationToken ct) =>
            AnswerAsync(context, feeds.AtomAsync(name, Languages.Known(lang), ct)));
        open.MapMethods("/feeds/{name}.ics", reading, (string name, string? lang, HttpContext context, NewsFeeds feeds, CancellationToken ct) =>
            AnswerAsync(context, feeds.CalendarAsync(name, Languages.Known(lang), ct)));
        open.MapGet("/public/news/{key}/photos/{picture:guid}", PictureAsync);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, Task<Feed?> asked)
    {
        if (await asked is not { } feed) return Results.NotFound();
        // Asked again each time, so that what was withdrawn is gone at once; mostly the answer is 304.
        context.Response.Headers.CacheControl = "public, no-cache";
        return Results.Bytes(feed.Content, feed.Type, lastModified: feed.Changed, entityTag: feed.Tag);
    }

    private static Task<IResult> PictureAsync(string key, Guid picture, HttpContext context, PublicNews news, CancellationToken ct) =>
        context.PictureAsync($"{picture:N}.jpg", TimeSpan.Zero, () => news.PictureAsync(key, picture, ct), $"{picture:N}");
}
