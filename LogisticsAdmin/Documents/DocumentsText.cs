namespace LogisticsAdmin.Documents;

/// <summary>Names the resource files of documents.</summary>
public sealed class DocumentsText;
