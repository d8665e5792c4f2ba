using System.Buffers.Binary;

namespace LogisticsAdmin.Media;

/// <summary>Decides by a file's first bytes whether it is passed to a decoder at all.</summary>
internal static class MagicBytes
{
    private const int BrandLength = 4;
    private const int FirstBrand = 8;

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Null for JPEG, PNG and WebP.</summary>
    public static PictureProblem? ProblemOf(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Jpeg) || file.StartsWith(Png) || IsWebP(file)) return null;
        return IsHeic(file) ? PictureProblem.Heic : PictureProblem.NotAPicture;
    }

    private static bool IsWebP(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    private static bool IsHeic(ReadOnlySpan<byte> file)
    {
        if (file.Length < FirstBrand + BrandLength || !file[4..].StartsWith("ftyp"u8)) return false;

        // The major brand may be a general one ("mif1") or a vendor's, so the compatible brands count as well.
        var end = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(file), FirstBrand + BrandLength, (uint)file.Length);
        for (var at = FirstBrand; at + BrandLength <= end; at += BrandLength)
        {
            if (IsHeicBrand(file.Slice(at, BrandLength))) return true;
        }
        return false;
    }

    private static bool IsHeicBrand(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("avi"u8)
        || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("mif2"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("miaf"u8);
}
