using System.Buffers.Binary;
using System.IO.Compression;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Checks the directory of a zip before any entry is inflated.</summary>
internal static class ZipGuard
{
    private const int EndLength = 22;
    private const int MaxDirectory = 2 * SheetLimits.Mebi;

    /// <summary>Refuses a directory that would be expensive to read.</summary>
    public static void Demand(Stream stream, SheetLimits limits)
    {
        var tail = new byte[Math.Min(stream.Length, EndLength + ushort.MaxValue)];
        var start = stream.Length - tail.Length;
        stream.Position = start;
        stream.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + EndLength > tail.Length) throw new InvalidDataException();
        var record = tail.AsSpan(end);
        if (BinaryPrimitives.ReadUInt16LittleEndian(record[10..]) > limits.Parts) throw Rejected.Because<SpreadsheetsText>("PartsTooBig");
        var length = start + end - BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (length < 0) throw new InvalidDataException();
        if (length > MaxDirectory) throw Rejected.Because<SpreadsheetsText>("PartsTooBig");
    }

    /// <summary>Refuses too many or too large entries, encrypted ones, and macros.</summary>
    public static void Demand(ZipArchive zip, SheetLimits limits)
    {
        if (zip.Entries.Count > limits.Parts) throw Rejected.Because<SpreadsheetsText>("PartsTooBig");
        var all = 0L;
        foreach (var entry in zip.Entries)
        {
            if (entry.Length > limits.PartBytes || (all += entry.Length) > limits.AllBytes) throw Rejected.Because<SpreadsheetsText>("PartsTooBig");
            if (entry.IsEncrypted) throw Rejected.Because<SpreadsheetsText>("PasswordProtected");
            if (IsMacro(entry)) throw Rejected.Because<SpreadsheetsText>("MacroWorkbook");
        }
    }

    private static bool IsMacro(ZipArchiveEntry entry) =>
        entry.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || entry.FullName.Contains("macrosheets", StringComparison.OrdinalIgnoreCase);
}
