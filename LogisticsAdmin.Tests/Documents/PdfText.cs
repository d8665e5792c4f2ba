using UglyToad.PdfPig;

namespace LogisticsAdmin.Tests.Documents;

/// <summary>The text of files as PdfPig reads it, in the order in which it was written.</summary>
internal static class PdfText
{
    /// <summary>The text of each page without spaces.</summary>
    public static List<string> Pages(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        return [.. document.GetPages().Select(p => Bare(string.Concat(p.Letters.Select(l => l.Value))))];
    }

    public static string Whole(byte[] file) => string.Concat(Pages(file));

    /// <summary>A text without spaces.</summary>
    public static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    public static int Count(string text, string part) => text.Split(part).Length - 1;
}
