namespace LogisticsAdmin.Documents;

/// <summary>Key figures side by side.</summary>
public sealed record TileGrid(string Caption, string? Note, IReadOnlyList<Tile> Tiles) : Block;
