namespace LogisticsAdmin.Media;

/// <summary>
/// Two upright, opaque sRGB JPEGs without metadata, at most <see cref="PictureProcessor.FullSide"/> and
/// <see cref="PictureProcessor.ThumbnailSide"/> pixels on the longer side. Width and height are those of the full one.
/// </summary>
public sealed record ProcessedPicture(byte[] Full, byte[] Thumbnail, int Width, int Height);
