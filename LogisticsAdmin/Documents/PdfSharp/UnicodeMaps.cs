using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace LogisticsAdmin.Documents.PdfSharp;

/// <summary>
/// Corrects the tables by which readers turn glyphs into text. PDFsharp 6.2 writes characters beyond the basic plane as five hexadecimal digits, where the
/// format wants UTF-16: emoji would be copied and searched as other characters.
/// </summary>
internal static partial class UnicodeMaps
{
    /// <summary>The file with correct tables.</summary>
    public static byte[] Corrected(byte[] file)
    {
        using var document = PdfReader.Open(new MemoryStream(file), PdfDocumentOpenMode.Modify);
        foreach (var font in document.Internals.GetAllObjects().OfType<PdfDictionary>())
        {
            if (font.Elements.GetName(Key("Type")) != Key("Font")) continue;
            if (font.Elements.GetDictionary(Key("ToUnicode")) is not { Stream: { } stream } map) continue;
            var text = Encoding.Latin1.GetString(stream.UnfilteredValue);
            var corrected = BeyondBasicPlane().Replace(text, m => $"{m.Groups["glyphs"].Value}<{Utf16(m.Groups["character"].Value)}>");
            if (corrected == text) continue;
            map.Elements.Remove(Key("Filter"));
            stream.Value = Encoding.Latin1.GetBytes(corrected);
        }
        using var output = new MemoryStream();
        document.Save(output, closeStream: false);
        return output.ToArray();
    }

    private static string Key(string name) => '/' + name;

    private static string Utf16(string hexadecimal) =>
        string.Concat(char.ConvertFromUtf32(int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Select(c => $"{(int)c:X4}"));

    [GeneratedRegex("(?<glyphs><[0-9A-Fa-f]{4}><[0-9A-Fa-f]{4}>)<(?<character>[0-9A-Fa-f]{5,6})>")]
    private static partial Regex BeyondBasicPlane();
}
