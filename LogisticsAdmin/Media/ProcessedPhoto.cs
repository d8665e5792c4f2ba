namespace LogisticsAdmin.Media;

/// <summary>
/// Two upright, opaque sRGB JPEGs without metadata: at most <see cref="PhotoStudio.FullSide"/> and
/// <see cref="PhotoStudio.ThumbnailSide"/> pixels on the longer side. Width and height are those of the full one.
/// </summary>
public sealed record ProcessedPhoto(byte[] Full, byte[] Thumbnail, int Width, int Height);
