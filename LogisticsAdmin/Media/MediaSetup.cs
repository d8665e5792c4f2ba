using LogisticsAdmin.Data;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Media;

public static class MediaSetup
{
    /// <summary>Processing and storing pictures.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<PictureProcessor>();
        services.AddSingleton(sp => new MediaStore(sp.GetRequiredService<IOptions<StorageOptions>>().Value.Root));
        return services;
    }

    /// <summary>Must run before antiforgery, which would read the body.</summary>
    public static IApplicationBuilder UseUploadLimits(this IApplicationBuilder app) => app.UseMiddleware<UploadLimitMiddleware>();
}
