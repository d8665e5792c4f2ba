using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Media;

public static class MediaSetup
{
    /// <summary>
    /// Processing, storing, serving and sweeping pictures, and the same for files that are only downloaded. Slices register an
    /// <see cref="IMediaOwner"/> or an <see cref="IFileOwner"/> for those they store.
    /// </summary>
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>().BindConfiguration("Limits");
        services.AddSingleton<UploadPlaces>();
        services.AddSingleton<PictureProcessor>();
        services.AddSingleton(sp => new MediaStore(sp.GetRequiredService<IOptions<StorageOptions>>().Value.Root));
        services.AddScoped<MediaService>();
        services.AddScoped<MediaSweep>();
        services.AddScoped<IStorageCheck, MediaCheck>();
        services.AddSingleton(sp => new FileStore(sp.GetRequiredService<IOptions<StorageOptions>>().Value.Root));
        services.AddScoped<FileService>();
        services.AddScoped<FileSweep>();
        services.AddScoped<IStorageCheck, FileCheck>();
        services.AddHostedService<MediaSweepJob>();
        return services;
    }

    /// <summary>Must know the sender, and run before antiforgery, which would read the body.</summary>
    public static IApplicationBuilder UseUploadLimits(this IApplicationBuilder app) => app.UseMiddleware<UploadLimitMiddleware>();

    /// <summary>Pictures and files by key. Each slice maps its own uploads.</summary>
    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        var photos = app.MapGroup("/photos").RequireAuthorization();
        photos.MapGet("/{key:guid}", (Guid key, HttpContext context, MediaService media, CancellationToken ct) =>
            ServeAsync(key, thumbnail: false, context, media, ct));
        photos.MapGet("/{key:guid}/thumb", (Guid key, HttpContext context, MediaService media, CancellationToken ct) =>
            ServeAsync(key, thumbnail: true, context, media, ct));
        app.MapGet("/files/{key:guid}", (Guid key, HttpContext context, FileService files, CancellationToken ct) =>
            context.DownloadAsync(() => files.OpenAsync(key, ct))).RequireAuthorization();
    }

    // The bytes of a key never change, but who may see them does: browsers ask each time and get 304.
    private static Task<IResult> ServeAsync(Guid key, bool thumbnail, HttpContext context, MediaService media, CancellationToken ct) =>
        context.PictureAsync($"{key:N}.jpg", TimeSpan.Zero, () => media.OpenAsync(key, thumbnail, ct), $"{key:N}{(thumbnail ? "-t" : "")}");
}
