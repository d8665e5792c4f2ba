namespace LogisticsAdmin.Documents.Layout;

/// <summary>What a part of a page is, for screen readers.</summary>
internal enum ElementTag
{
    Section,
    Title,
    Heading,
    Subheading,
    Paragraph,
    Quote,
    Table,
    Row,
    HeaderCell,
    DataCell,
    Contents,
    ContentsItem,

    /// <summary>Repeated or decorative: not read aloud.</summary>
    Furniture,
}
