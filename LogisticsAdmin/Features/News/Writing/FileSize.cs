using System.Globalization;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>The length of a file in words.</summary>
internal static class FileSize
{
    public static string Of(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1024)} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024:0.0} MB");
}
