namespace LogisticsAdmin.Documents;

/// <summary>A chart with the words that replace it for who can't see it.</summary>
public sealed record ChartBlock(string Caption, string? Note, Chart Chart, string AltText) : Block;
