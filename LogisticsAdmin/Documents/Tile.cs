namespace LogisticsAdmin.Documents;

/// <summary>One key figure; the mark, such as 未达标, is printed white on black.</summary>
public sealed record Tile(string Label, string Value, string Unit, string? Mark, IReadOnlyList<TileLine> Lines);
