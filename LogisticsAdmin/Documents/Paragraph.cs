namespace LogisticsAdmin.Documents;

/// <summary>Running text; a line feed in it breaks the line.</summary>
public sealed record Paragraph(string Text, ParagraphKind Kind = ParagraphKind.Body) : Block;
