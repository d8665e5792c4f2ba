namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>A font file of one weight under the name by which engines ask for it.</summary>
internal sealed record Face(string Name, string Path, FontFile File)
{
    /// <summary>The whole file, for an engine that embeds it.</summary>
    public byte[] ReadAll() => System.IO.File.ReadAllBytes(Path);

    public bool Has(int codePoint) => File.Glyph(codePoint) != 0;
}
