namespace LogisticsAdmin.Documents;

/// <summary>A column; its width is its share of all weights.</summary>
public sealed record TableColumn(string Head, Align Align = Align.Left, double Weight = 1);
