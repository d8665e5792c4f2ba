namespace LogisticsAdmin.Documents;

/// <summary>What follows begins on a new page.</summary>
public sealed record PageBreak : Block;
