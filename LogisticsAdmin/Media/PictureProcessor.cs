using System.Buffers;
using SkiaSharp;

namespace LogisticsAdmin.Media;

/// <summary>
/// Makes uploaded pictures safe to store and to show: read up to a limit, checked by their first bytes and their header before any
/// decoding, and always encoded anew. Accepts JPEG, PNG and WebP (of an animation the first frame). Thread-safe; one large and one small
/// picture are decoded at a time.
/// </summary>
public sealed class PictureProcessor
{
    /// <summary>The longest upload that is read, in bytes.</summary>
    public const int MaxBytes = 12 * 1024 * 1024;

    /// <summary>The maximum number of pixels that an upload may declare.</summary>
    public const int MaxPixels = 40_000_000;

    /// <summary>The longest side that an upload may declare, in pixels.</summary>
    public const int MaxSide = 30_000;

    /// <summary>The longer side of the full picture at most, in pixels.</summary>
    public const int FullSide = 2048;

    /// <summary>Both sides of a portrait, in pixels.</summary>
    public const int PortraitSide = 256;

    /// <summary>The longer side of the thumbnail at most, in pixels.</summary>
    public const int ThumbnailSide = 320;

    private const int Quality = 82;
    private const int ChunkBytes = 64 * 1024;

    /// <summary>What a phone sends after shrinking. A second at most, and a tenth of the memory of the largest.</summary>
    private const int SmallPixels = FullSide * FullSide;

    private const int MaxHeld = 16;

    // An interlaced 40 MP PNG with 16 bits per channel takes over 500 MB while it is decoded and shrunk; the target machine has 2 GB.
    // Static, because the memory limit applies to the whole process, regardless of the number of processors. Small pictures have a line of
    // their own, so that those from phones do not wait for large ones.
    private static readonly SemaphoreSlim OneLarge = new(1, 1);
    private static readonly SemaphoreSlim OneSmall = new(1, 1);

    // All files that are held in memory, decoded or waiting.
    private static readonly SemaphoreSlim Held = new(MaxHeld, MaxHeld);

    private readonly SemaphoreSlim _large, _small;

    public PictureProcessor() : this(OneLarge, OneSmall)
    {
    }

    internal PictureProcessor(SemaphoreSlim large, SemaphoreSlim small) => (_large, _small) = (large, small);

    /// <summary>
    /// Reads the stream to its end or to <see cref="MaxBytes"/> and decodes off the caller's thread. The stream stays open.
    /// </summary>
    /// <exception cref="PictureRefusedException">The upload is too long or not a supported picture.</exception>
    public Task<ProcessedPicture> ProcessAsync(Stream upload, CancellationToken ct) => DecodeAsync(upload, full =>
    {
        using var thumbnail = Draw(full, Fit(full.Info.Size, ThumbnailSide), SKEncodedOrigin.TopLeft);
        return new ProcessedPicture(ToJpeg(full), ToJpeg(thumbnail), full.Width, full.Height);
    }, ct);

    /// <summary>The middle of a picture as a square JPEG of <see cref="PortraitSide"/>; the rest is as with <see cref="ProcessAsync"/>.</summary>
    /// <exception cref="PictureRefusedException">The upload is too long or not a supported picture.</exception>
    public Task<byte[]> PortraitAsync(Stream upload, CancellationToken ct) => DecodeAsync(upload, full =>
    {
        using var square = Crop(full);
        using var portrait = Draw(square, new SKSizeI(PortraitSide, PortraitSide), SKEncodedOrigin.TopLeft);
        return ToJpeg(portrait);
    }, ct);

    private async Task<T> DecodeAsync<T>(Stream upload, Func<SKBitmap, T> use, CancellationToken ct)
    {
        await Held.WaitAsync(ct);
        try
        {
            return await DecodeHeldAsync(upload, use, ct);
        }
        finally
        {
            Held.Release();
        }
    }

    private async Task<T> DecodeHeldAsync<T>(Stream upload, Func<SKBitmap, T> use, CancellationToken ct)
    {
        // Untouched native memory costs nothing: reserving the maximum avoids growing and copying.
        using var buffer = SKData.Create(MaxBytes);

        // Read before waiting for the turn to decode, so that a slow connection delays nobody else.
        var length = await ReadAsync(upload, buffer, ct);
        if (MagicBytes.ProblemOf(buffer.Span[..length]) is { } problem) throw new PictureRefusedException(problem);

        // A view, not a Subset: a Subset of the whole is the buffer itself and would be disposed twice.
        using var file = SKData.Create(buffer.Data, length);
        var decoding = IsSmall(file) ? _small : _large;
        await decoding.WaitAsync(ct);
        try
        {
            return await Task.Run(() =>
            {
                using var full = Decode(file, ct);
                return use(full);
            }, ct);
        }
        finally
        {
            decoding.Release();
        }
    }

    /// <summary>By the size that the file declares, which is as much as the decoder will draw.</summary>
    private static bool IsSmall(SKData file)
    {
        using var codec = SKCodec.Create(file);
        return codec is null || (long)codec.Info.Width * codec.Info.Height <= SmallPixels;
    }

    private static async Task<int> ReadAsync(Stream upload, SKData buffer, CancellationToken ct)
    {
        using var chunk = MemoryPool<byte>.Shared.Rent(ChunkBytes);
        var length = 0;
        while (await upload.ReadAsync(chunk.Memory, ct) is var read and > 0)
        {
            if (read > MaxBytes - length) throw new PictureRefusedException(PictureProblem.TooLarge);
            chunk.Memory.Span[..read].CopyTo(buffer.Span[length..]);
            length += read;
        }
        return length;
    }

    private static SKBitmap Crop(SKBitmap picture)
    {
        var side = Math.Min(picture.Width, picture.Height);
        var square = new SKBitmap(InfoOf(new SKSizeI(side, side), SKAlphaType.Opaque));
        using var canvas = new SKCanvas(square);
        canvas.DrawBitmap(picture, (side - picture.Width) / 2f, (side - picture.Height) / 2f, new SKSamplingOptions(SKFilterMode.Nearest));
        return square;
    }

    private static SKBitmap Decode(SKData file, CancellationToken ct)
    {
        using var codec = SKCodec.Create(file) ?? throw new PictureRefusedException(PictureProblem.Damaged);
        var size = codec.Info.Size;
        if (Math.Max(size.Width, size.Height) > MaxSide || (long)size.Width * size.Height > MaxPixels)
            throw new PictureRefusedException(PictureProblem.TooManyPixels);

        var decodedSize = SmallestDecode(codec, FullSide);
        using var decoded = new SKBitmap(InfoOf(decodedSize, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) != SKCodecResult.Success)
            throw new PictureRefusedException(PictureProblem.Damaged);

        ct.ThrowIfCancellationRequested();
        return Draw(decoded, Fit(size, FullSide), codec.EncodedOrigin);
    }

    /// <summary>The smallest size the codec can decode to that still fills the given side; the whole picture if it cannot shrink.</summary>
    private static SKSizeI SmallestDecode(SKCodec codec, int side)
    {
        // A JPEG shrinks by eighths, and a request in between is rounded to the nearest, so possibly to one too small.
        for (var eighths = 1; eighths < 8; eighths++)
        {
            var size = codec.GetScaledDimensions(eighths / 8f);
            if (Math.Max(size.Width, size.Height) >= side) return size;
        }
        return codec.Info.Size;
    }

    private static SKSizeI Fit(SKSizeI size, int side)
    {
        var scale = Math.Min(1, (double)side / Math.Max(size.Width, size.Height));
        return new SKSizeI(Scaled(size.Width), Scaled(size.Height));

        int Scaled(int length) => Math.Max(1, (int)Math.Round(length * scale));
    }

    /// <summary>Draws the picture on white at the given size, measured before it is turned upright.</summary>
    private static SKBitmap Draw(SKBitmap picture, SKSizeI size, SKEncodedOrigin origin)
    {
        var canvasSize = origin >= SKEncodedOrigin.LeftTop ? new SKSizeI(size.Height, size.Width) : size;
        var drawn = new SKBitmap(InfoOf(canvasSize, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(drawn);
        canvas.Clear(SKColors.White);
        canvas.SetMatrix(Upright(origin, canvasSize.Width, canvasSize.Height));

        // A bitmap that may still change is copied before it is drawn.
        picture.SetImmutable();
        canvas.DrawBitmap(picture, SKRect.Create(size.Width, size.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return drawn;
    }

    private static SKImageInfo InfoOf(SKSizeI size, SKAlphaType alpha) =>
        new(size.Width, size.Height, SKImageInfo.PlatformColorType, alpha, SKColorSpace.CreateSrgb());

    private static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static byte[] ToJpeg(SKBitmap picture)
    {
        // Pixels with a colour space would get an ICC profile; a JPEG without one is sRGB.
        var untagged = new SKImageInfo(picture.Width, picture.Height, picture.ColorType, picture.AlphaType);
        using var pixels = new SKPixmap(untagged, picture.GetPixels(), picture.RowBytes);
        using var file = pixels.Encode(new SKJpegEncoderOptions(Quality)) ?? throw new InvalidOperationException("The JPEG encoder gave nothing.");
        return file.ToArray();
    }
}
