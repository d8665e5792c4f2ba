using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Documents.Layout;

/// <summary>The few words that documents add to what they are given, in the document's language.</summary>
internal sealed class DocumentWords(string language)
{
    private static readonly LocalName ContentsName = LocalName.Of<DocumentsText>("Contents");
    private static readonly LocalName GoesOnName = LocalName.Of<DocumentsText>("GoesOn");
    private static readonly LocalName ContinuedName = LocalName.Of<DocumentsText>("Continued");
    private static readonly LocalName DateName = LocalName.Of<DocumentsText>("SignedOn");

    public bool IsChinese { get; } = language != Languages.English;

    public string Contents => In(ContentsName);

    /// <summary>Below a table that goes on.</summary>
    public string GoesOn => In(GoesOnName);

    public string Date => In(DateName);

    /// <summary>The caption of a table that began on an earlier page.</summary>
    public string Continued(string caption) => string.Format(System.Globalization.CultureInfo.InvariantCulture, In(ContinuedName), caption);

    private string In(LocalName name) => IsChinese ? name.Zh : name.En;
}
