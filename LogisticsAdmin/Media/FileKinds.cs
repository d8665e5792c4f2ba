using System.Text;

namespace LogisticsAdmin.Media;

/// <summary>
/// Which files may be stored for download: by the ending of the name and by the content, which must agree. Archives are never unpacked.
/// </summary>
public static class FileKinds
{
    /// <summary>The endings that are accepted, in lower case, with their dot.</summary>
    public static readonly IReadOnlyList<string> Endings = [".pdf", ".docx", ".xlsx", ".pptx", ".txt", ".csv", ".zip", ".jpg", ".jpeg", ".png"];

    /// <summary>Whether a file of this name and content is accepted.</summary>
    public static bool Accepts(string name, ReadOnlySpan<byte> file) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".pdf" => file.StartsWith("%PDF-"u8),
        ".docx" => IsOffice(file, "word/"u8),
        ".xlsx" => IsOffice(file, "xl/"u8),
        ".pptx" => IsOffice(file, "ppt/"u8),
        ".zip" => file.StartsWith("PK\x03\x04"u8) || file.StartsWith("PK\x05\x06"u8),
        ".jpg" or ".jpeg" => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        ".png" => file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ".txt" or ".csv" => IsText(file),
        _ => false,
    };

    /// <summary>
    /// The name without a path, control and direction characters, at most <paramref name="maxLength"/> long with its ending kept; "file" when
    /// nothing is left of it.
    /// </summary>
    public static string SafeName(string? sent, int maxLength)
    {
        var kept = new StringBuilder();
        foreach (var rune in (sent ?? "").EnumerateRunes())
        {
            if (rune.Value is '/' or '\\') kept.Clear();
            else if (rune.Value == 0xFFFD || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format) continue;
            else kept.Append(rune.IsBmp && ":*?\"<>|;".Contains((char)rune.Value) ? "_" : rune.ToString());
        }
        var name = kept.ToString().Trim(' ', '.');
        var ending = Path.GetExtension(name);
        var stem = name[..^ending.Length].Trim(' ', '.');
        if (stem.Length == 0) stem = "file";
        var room = Math.Max(1, maxLength - ending.Length);
        if (stem.Length > room) stem = stem[..(char.IsHighSurrogate(stem[room - 1]) ? room - 1 : room)];
        return stem + ending;
    }

    // The names of the parts stand uncompressed in the archive. Macros don't belong into these three formats.
    private static bool IsOffice(ReadOnlySpan<byte> file, ReadOnlySpan<byte> folder) =>
        file.StartsWith("PK\x03\x04"u8) && file.IndexOf("[Content_Types].xml"u8) >= 0 && file.IndexOf(folder) >= 0 && file.IndexOf("vbaProject.bin"u8) < 0;

    private static bool IsText(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || file.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || (!file.Contains((byte)0) && !file.StartsWith("MZ"u8) && !file.StartsWith("%PDF-"u8) && !file.StartsWith("PK\x03\x04"u8));
}
