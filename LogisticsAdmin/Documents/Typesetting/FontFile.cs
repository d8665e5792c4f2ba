using System.Buffers.Binary;

namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>The characters of a TrueType file and their widths. It keeps neither the outlines nor the file.</summary>
internal sealed class FontFile
{
    private readonly ushort[]?[] _pages = new ushort[256][];
    private readonly Dictionary<int, ushort> _beyond = [];
    private readonly ushort[] _advances;
    private readonly double _unitsPerEm;

    private FontFile(ushort[] advances, double unitsPerEm) => (_advances, _unitsPerEm) = (advances, unitsPerEm);

    /// <summary>Reads a file; null if it is damaged or has no TrueType outlines, and can't be embedded therefore.</summary>
    public static FontFile? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return Parse(file);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
        catch (IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The number of the character's glyph; 0 if there is none.</summary>
    public int Glyph(int codePoint) => codePoint < 0x10000
        ? _pages[codePoint >> 8] is { } page ? page[codePoint & 0xFF] : 0
        : _beyond.GetValueOrDefault(codePoint);

    /// <summary>The width of a character as a share of the type size.</summary>
    public double Width(int codePoint) => _advances[Math.Min(Glyph(codePoint), _advances.Length - 1)] / _unitsPerEm;

    private static FontFile? Parse(ReadOnlySpan<byte> file)
    {
        if (UInt32(file, 0) is not (0x00010000 or 0x74727565)) return null;
        Dictionary<string, int> tables = [];
        for (var i = 0; i < UInt16(file, 4); i++)
        {
            var entry = 12 + 16 * i;
            tables[System.Text.Encoding.ASCII.GetString(file.Slice(entry, 4))] = checked((int)UInt32(file, entry + 8));
        }
        if (!tables.ContainsKey("glyf") || tables.ContainsKey("CBDT") || tables.ContainsKey("COLR")) return null;
        if (!tables.TryGetValue("hhea", out var hhea) || !tables.TryGetValue("hmtx", out var hmtx)) return null;
        if (!tables.TryGetValue("head", out var head) || !tables.TryGetValue("cmap", out var cmap)) return null;
        var advances = new ushort[Math.Max(1, (int)UInt16(file, hhea + 34))];
        for (var i = 0; i < advances.Length; i++) advances[i] = UInt16(file, hmtx + 4 * i);
        var font = new FontFile(advances, Math.Max(1, (int)UInt16(file, head + 18)));
        font.ReadCharacters(file, cmap);
        return font;
    }

    // The table of all characters (format 12) if there is one, else that of the basic plane (format 4).
    private void ReadCharacters(ReadOnlySpan<byte> file, int cmap)
    {
        var (basic, full) = (0, 0);
        for (var i = 0; i < UInt16(file, cmap + 2); i++)
        {
            var entry = cmap + 4 + 8 * i;
            var (platform, encoding) = (UInt16(file, entry), UInt16(file, entry + 2));
            var table = cmap + checked((int)UInt32(file, entry + 4));
            var isUnicode = platform == 0 && encoding != 5 || platform == 3 && encoding is 1 or 10;
            if (!isUnicode) continue;
            if (UInt16(file, table) == 12) full = table;
            if (UInt16(file, table) == 4) basic = table;
        }
        if (full > 0) ReadGroups(file, full);
        else if (basic > 0) ReadSegments(file, basic);
    }

    private void ReadGroups(ReadOnlySpan<byte> file, int table)
    {
        for (var i = 0; i < UInt32(file, table + 12); i++)
        {
            var group = table + 16 + 12 * i;
            var (from, to, glyph) = (UInt32(file, group), UInt32(file, group + 4), UInt32(file, group + 8));
            for (var c = from; c <= to && c < 0x110000; c++) Add((int)c, (ushort)(glyph + c - from));
        }
    }

    private void ReadSegments(ReadOnlySpan<byte> file, int table)
    {
        var twice = UInt16(file, table + 6);
        var (ends, starts) = (table + 14, table + 16 + twice);
        var (deltas, offsets) = (starts + twice, starts + 2 * twice);
        for (var i = 0; i < twice; i += 2)
        {
            var (from, to) = (UInt16(file, starts + i), UInt16(file, ends + i));
            var (delta, offset) = (UInt16(file, deltas + i), UInt16(file, offsets + i));
            for (int c = from; c <= to && c < 0xFFFF; c++)
            {
                var glyph = offset == 0 ? c : UInt16(file, offsets + i + offset + 2 * (c - from));
                if (glyph != 0) Add(c, (ushort)(glyph + delta));
            }
        }
    }

    private void Add(int codePoint, ushort glyph)
    {
        if (codePoint < 0x10000) (_pages[codePoint >> 8] ??= new ushort[256])[codePoint & 0xFF] = glyph;
        else _beyond[codePoint] = glyph;
    }

    private static ushort UInt16(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16BigEndian(file.Slice(at, 2));

    private static uint UInt32(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt32BigEndian(file.Slice(at, 4));
}
