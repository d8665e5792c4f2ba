using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using LogisticsAdmin.Media;
using SkiaSharp;
using Xunit;

namespace LogisticsAdmin.Tests.Media;

public sealed class PictureProcessorTests
{
    private static readonly SKColor Transparent = SKColors.Empty;
    private static readonly string[] OnlyPicture = ["E0", "DB", "C0", "C4", "DA"];

    private readonly PictureProcessor _processor = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task A_large_picture_becomes_two_smaller_jpegs(SKEncodedImageFormat format)
    {
        var processed = await ProcessAsync(Encode(Quadrants(4100, 3075), format));

        Assert.Equal((2048, 1536), (processed.Width, processed.Height));
        AssertIsQuadrants(Read(processed.Full), 2048, 1536, "RGBY");
        AssertIsQuadrants(Read(processed.Thumbnail), 320, 240, "RGBY");
    }

    [Fact]
    public async Task A_small_picture_is_not_enlarged()
    {
        var processed = await ProcessAsync(Encode(Quadrants(120, 60), SKEncodedImageFormat.Png));

        Assert.Equal((120, 60), (processed.Width, processed.Height));
        AssertIsQuadrants(Read(processed.Full), 120, 60, "RGBY");
        AssertIsQuadrants(Read(processed.Thumbnail), 120, 60, "RGBY");
    }

    [Theory]
    [InlineData(2100, 1)]
    [InlineData(1, 20_000)]
    public async Task A_line_of_pixels_keeps_at_least_one_across(int width, int height)
    {
        var processed = await ProcessAsync(Encode(Quadrants(width, height), SKEncodedImageFormat.Png));

        Assert.Equal((Math.Min(width, 2048), Math.Min(height, 2048)), (processed.Width, processed.Height));
        Assert.Equal(1, Math.Min(Read(processed.Thumbnail).Width, Read(processed.Thumbnail).Height));
    }

    [Theory]
    [InlineData(1, "RGBY")]
    [InlineData(2, "GRYB")]
    [InlineData(3, "YBGR")]
    [InlineData(4, "BYRG")]
    [InlineData(5, "RBGY")]
    [InlineData(6, "BRYG")]
    [InlineData(7, "YGBR")]
    [InlineData(8, "GYRB")]
    public async Task A_rotated_jpeg_is_upright_and_carries_no_exif(int orientation, string quadrants)
    {
        var upload = WithExif(Encode(Quadrants(2400, 1200), SKEncodedImageFormat.Jpeg), (ushort)orientation);
        Assert.Contains("Exif", Encoding.Latin1.GetString(upload), StringComparison.Ordinal);

        var processed = await ProcessAsync(upload);

        var (width, height) = orientation < 5 ? (2048, 1024) : (1024, 2048);
        Assert.Equal((width, height), (processed.Width, processed.Height));
        AssertIsQuadrants(Read(processed.Full), width, height, quadrants);
        AssertIsQuadrants(Read(processed.Thumbnail), width * 320 / 2048, height * 320 / 2048, quadrants);
        AssertNoMetadata(processed.Full);
        AssertNoMetadata(processed.Thumbnail);
    }

    [Theory]
    [InlineData(1, 2400, 1200, "RGBY")]
    [InlineData(6, 2400, 1200, "BRYG")]
    [InlineData(1, 40, 90, "RGBY")]
    public async Task A_portrait_is_the_upright_middle_as_a_square_without_exif(int orientation, int width, int height, string quadrants)
    {
        var upload = WithExif(Encode(Quadrants(width, height), SKEncodedImageFormat.Jpeg), (ushort)orientation);
        using var stream = new MemoryStream(upload);
        var portrait = await new PictureProcessor().PortraitAsync(stream, TestContext.Current.CancellationToken);
        AssertIsQuadrants(Read(portrait), PictureProcessor.PortraitSide, PictureProcessor.PortraitSide, quadrants);
        AssertNoMetadata(portrait);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Transparent_places_become_white(SKEncodedImageFormat format)
    {
        using var picture = Quadrants(400, 400);
        using (var canvas = new SKCanvas(picture))
        using (var hole = new SKPaint { BlendMode = SKBlendMode.Src, Color = Transparent })
        using (var veil = new SKPaint { BlendMode = SKBlendMode.Src, Color = SKColors.Black.WithAlpha(128) })
        {
            canvas.DrawRect(0, 0, 200, 200, hole);
            canvas.DrawRect(200, 200, 200, 200, veil);
        }

        var processed = await ProcessAsync(Encode(picture, format));

        foreach (var jpeg in new[] { Read(processed.Full), Read(processed.Thumbnail) })
        {
            AssertClose(SKColors.White, At(jpeg, 0.25, 0.25));
            AssertClose(new SKColor(127, 127, 127), At(jpeg, 0.75, 0.75));
        }
    }

    [Fact]
    public async Task A_wide_gamut_picture_is_converted_to_srgb()
    {
        using var displayP3 = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        using var picture = new SKBitmap(new SKImageInfo(64, 64, SKColorType.Rgba8888, SKAlphaType.Opaque, displayP3));
        var pixels = picture.GetPixelSpan();
        for (var at = 0; at < pixels.Length; at += 4) (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (200, 80, 80, 255);

        var processed = await ProcessAsync(Encode(picture, SKEncodedImageFormat.Png));

        AssertClose(new SKColor(217, 66, 74), At(Read(processed.Full), 0.5, 0.5), 5);
        AssertNoMetadata(processed.Full);
    }

    [Fact]
    public async Task An_animation_gives_its_first_frame()
    {
        using var first = Quadrants(2600, 1300);
        using var second = new SKBitmap(first.Info);
        second.Erase(SKColors.Black);
        using var firstPixels = first.PeekPixels();
        using var secondPixels = second.PeekPixels();
        using var animation = SKWebpEncoder.EncodeAnimated(
            [new(firstPixels, TimeSpan.FromSeconds(1)), new(secondPixels, TimeSpan.FromSeconds(1))], SKWebpEncoderOptions.Default);

        var processed = await ProcessAsync(animation!.ToArray());

        AssertIsQuadrants(Read(processed.Full), 2048, 1024, "RGBY");
    }

    [Fact]
    public async Task An_upload_may_have_twelve_megabytes_and_not_one_byte_more()
    {
        var jpeg = Encode(Quadrants(100, 100), SKEncodedImageFormat.Jpeg);
        var longest = new byte[12 * 1024 * 1024];
        jpeg.CopyTo(longest, 0);

        Assert.Equal(100, (await ProcessAsync(longest)).Width);
        Assert.Equal(PictureProblem.TooLarge, await RefusalAsync([.. longest, 0]));
    }

    [Fact]
    public async Task A_long_stream_that_lies_about_its_length_is_left_after_twelve_megabytes()
    {
        await using var upload = new LyingStream(Encode(Quadrants(100, 100), SKEncodedImageFormat.Jpeg), 13 * 1024 * 1024);

        var refusal = await Assert.ThrowsAsync<PictureRefusedException>(() => _processor.ProcessAsync(upload, Stop));

        Assert.Equal(PictureProblem.TooLarge, refusal.Problem);
        Assert.InRange(upload.Given, 12 * 1024 * 1024, 12.5 * 1024 * 1024);
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is holiday.jpg, honestly.")]
    [InlineData("GIF89a\u0001\0\u0001\0\u0080\0\0\0\0\0")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")]
    [InlineData("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("BM\u003A\0\0\0\0\0\0\0")]
    [InlineData("RIFF\u0024\0\0\0WAVEfmt ")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\u0002\0isommp42")]
    [InlineData("\0\0\0\0ftyp")]
    [InlineData("\u00FF\u00D8")]
    public async Task What_does_not_begin_like_a_picture_is_none(string content) =>
        Assert.Equal(PictureProblem.NotAPicture, await RefusalAsync(Encoding.Latin1.GetBytes(content)));

    [Theory]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1miaf")]
    [InlineData("\0\0\0\u001Cftypavif\0\0\0\0avifmif1miaf")]
    [InlineData("\0\0\0\u0018ftypMiHB\0\0\0\0MiHEheix")]
    [InlineData("\0\0\0\0ftypheic")]
    public async Task A_heic_picture_is_told_apart_from_no_picture(string content) =>
        Assert.Equal(PictureProblem.Heic, await RefusalAsync(Encoding.Latin1.GetBytes(content)));

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(8_000, 5_001)]
    [InlineData(30_001, 1)]
    [InlineData(1, 30_001)]
    public async Task A_picture_of_too_many_pixels_is_refused_by_its_header(int width, int height) =>
        Assert.Equal(PictureProblem.TooManyPixels, await RefusalAsync(PngOfNothing(width, height)));

    [Theory]
    [InlineData(8_000, 5_000)]
    [InlineData(30_000, 1)]
    public async Task A_picture_at_the_limit_gets_as_far_as_the_decoder(int width, int height) =>
        Assert.Equal(PictureProblem.Damaged, await RefusalAsync(PngOfNothing(width, height)));

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task A_truncated_picture_is_damaged(SKEncodedImageFormat format)
    {
        var whole = Encode(Quadrants(900, 700), format);

        foreach (var length in new[] { 16, whole.Length / 4, whole.Length / 2, whole.Length - 40 })
            Assert.Equal(PictureProblem.Damaged, await RefusalAsync(whole[..length]));
    }

    [Fact]
    public async Task Eight_pictures_at_once_all_come_out_right()
    {
        var sizes = Enumerable.Range(0, 8).Select(n => 2100 + (100 * n)).ToArray();

        var pictures = await Task.WhenAll(sizes.Select(width => ProcessAsync(Encode(Quadrants(width, 1000), SKEncodedImageFormat.Jpeg))));

        for (var n = 0; n < sizes.Length; n++)
            AssertIsQuadrants(Read(pictures[n].Full), 2048, (int)Math.Round(1000 * 2048.0 / sizes[n]), "RGBY");
    }

    [Fact]
    public async Task Pictures_are_decoded_one_at_a_time_and_refusals_by_first_bytes_do_not_wait()
    {
        using var decoding = new SemaphoreSlim(0);
        var processor = new PictureProcessor(decoding, decoding);
        var jpeg = Encode(Quadrants(100, 100), SKEncodedImageFormat.Jpeg);
        var waiting = Enumerable.Range(0, 8).Select(_ => processor.ProcessAsync(new MemoryStream(jpeg), Stop)).ToArray();

        await Assert.ThrowsAsync<PictureRefusedException>(() => processor.ProcessAsync(new MemoryStream([1, 2, 3]), Stop));
        Assert.DoesNotContain(waiting, picture => picture.IsCompleted);

        decoding.Release();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_refusal_or_a_cancellation_lets_the_next_picture_be_decoded()
    {
        using var decoding = new SemaphoreSlim(1);
        var processor = new PictureProcessor(decoding, decoding);
        var jpeg = Encode(Quadrants(900, 700), SKEncodedImageFormat.Jpeg);

        await Assert.ThrowsAsync<PictureRefusedException>(() => processor.ProcessAsync(new MemoryStream(jpeg[..^50]), Stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => processor.ProcessAsync(new MemoryStream(jpeg), new CancellationToken(true)));

        Assert.Equal(1, decoding.CurrentCount);
    }

    private Task<ProcessedPicture> ProcessAsync(byte[] upload) => _processor.ProcessAsync(new MemoryStream(upload), Stop);

    private async Task<PictureProblem> RefusalAsync(byte[] upload) =>
        (await Assert.ThrowsAsync<PictureRefusedException>(() => ProcessAsync(upload))).Problem;

    /// <summary>Red, green, blue and yellow from the upper left to the lower right.</summary>
    private static SKBitmap Quadrants(int width, int height)
    {
        var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(picture);
        using var paint = new SKPaint();
        for (var n = 0; n < 4; n++)
        {
            paint.Color = ColorOf("RGBY"[n]);
            canvas.DrawRect(n % 2 * width / 2f, n / 2 * height / 2f, width / 2f, height / 2f, paint);
        }
        return picture;
    }

    private static SKColor ColorOf(char quadrant) => quadrant switch
    {
        'R' => new SKColor(220, 20, 20),
        'G' => new SKColor(20, 180, 20),
        'B' => new SKColor(20, 20, 220),
        _ => new SKColor(230, 230, 20),
    };

    private static byte[] Encode(SKBitmap picture, SKEncodedImageFormat format)
    {
        using var data = picture.Encode(format, 90);
        return data!.ToArray();
    }

    private static SKBitmap Read(byte[] jpeg)
    {
        using var codec = SKCodec.Create(new MemoryStream(jpeg));
        Assert.Equal(SKEncodedImageFormat.Jpeg, codec!.EncodedFormat);
        Assert.Equal(SKEncodedOrigin.TopLeft, codec.EncodedOrigin);
        return SKBitmap.Decode(codec)!;
    }

    private static SKColor At(SKBitmap picture, double x, double y) => picture.GetPixel((int)(picture.Width * x), (int)(picture.Height * y));

    private static void AssertIsQuadrants(SKBitmap picture, int width, int height, string quadrants)
    {
        Assert.Equal((width, height), (picture.Width, picture.Height));
        for (var n = 0; n < 4; n++)
            AssertClose(ColorOf(quadrants[n]), At(picture, 0.25 + (n % 2 * 0.5), 0.25 + (n / 2 * 0.5)));
    }

    private static void AssertClose(SKColor expected, SKColor actual, int tolerance = 12)
    {
        Assert.InRange(actual.Red, expected.Red - tolerance, expected.Red + tolerance);
        Assert.InRange(actual.Green, expected.Green - tolerance, expected.Green + tolerance);
        Assert.InRange(actual.Blue, expected.Blue - tolerance, expected.Blue + tolerance);
    }

    /// <summary>Only the JFIF header and the picture itself are allowed: no APP1 to APP15, no comment, nothing after the end.</summary>
    private static void AssertNoMetadata(byte[] jpeg)
    {
        var markers = new List<string>();
        var at = 2;
        do
        {
            Assert.Equal(0xFF, jpeg[at]);
            markers.Add(jpeg[at + 1].ToString("X2", null));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
        }
        while (markers[^1] != "DA");
        Assert.Equal(OnlyPicture, markers.Distinct());

        var text = Encoding.Latin1.GetString(jpeg);
        Assert.DoesNotContain("Exif", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SecretPhone", text, StringComparison.Ordinal);
        Assert.DoesNotContain("GPS", text, StringComparison.Ordinal);
        Assert.EndsWith("\u00FF\u00D9", text, StringComparison.Ordinal);
    }

    /// <summary>An APP1 segment with orientation, maker and a GPS position, placed right after the start of the picture.</summary>
    private static byte[] WithExif(byte[] jpeg, ushort orientation)
    {
        const int makerAt = 50;
        const int gpsAt = 62;
        var maker = "SecretPhone\0"u8;
        using var tiff = new MemoryStream();
        tiff.Write("II*\0"u8);
        Long(8);
        Short(3);
        Entry(0x010F, 2, maker.Length, makerAt);
        Entry(0x0112, 3, 1, orientation);
        Entry(0x8825, 4, 1, gpsAt);
        Long(0);
        tiff.Write(maker);
        Short(2);
        Entry(0x0001, 2, 2, 'N');
        Entry(0x001B, 7, 4, BitConverter.ToInt32("GPS\0"u8));
        Long(0);

        byte[] segment = [0xFF, 0xE1, 0, 0, .. "Exif\0\0"u8, .. tiff.ToArray()];
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)(segment.Length - 2));
        return [.. jpeg[..2], .. segment, .. jpeg[2..]];

        void Short(int value) => tiff.Write(BitConverter.GetBytes((ushort)value));
        void Long(int value) => tiff.Write(BitConverter.GetBytes(value));
        void Entry(int tag, int type, int count, int value)
        {
            Short(tag);
            Short(type);
            Long(count);
            Long(value);
        }
    }

    /// <summary>A PNG whose header declares a picture of this size and whose data has one byte.</summary>
    private static byte[] PngOfNothing(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);

        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true)) zlib.WriteByte(0);
        return [0x89, .. "PNG\r\n\u001A\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc(body));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }

    /// <summary>Begins like the picture, continues with zeros, and reports a length of ten bytes.</summary>
    private sealed class LyingStream(byte[] beginning, int length) : Stream
    {
        public int Given { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => 10;
        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, length - Given);
            buffer[..count].Clear();
            if (Given < beginning.Length) beginning.AsSpan(Given, Math.Min(count, beginning.Length - Given)).CopyTo(buffer);
            Given += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
