using LogisticsAdmin.Documents.Typesetting;
using PdfSharp.Fonts;

namespace LogisticsAdmin.Documents.PdfSharp;

/// <summary>Gives PDFsharp the files of our faces; a family is one face here, and nothing is slanted or thickened.</summary>
internal sealed class FaceResolver : IFontResolver
{
    public byte[]? GetFont(string faceName) => FontLibrary.ByName(faceName)?.ReadAll();

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(familyName);
}
