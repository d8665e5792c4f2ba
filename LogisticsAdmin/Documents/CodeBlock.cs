namespace LogisticsAdmin.Documents;

/// <summary>A QR code of the text, with lines beside it.</summary>
public sealed record CodeBlock(string Text, IReadOnlyList<string> Lines) : Block;
