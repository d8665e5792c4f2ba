namespace LogisticsAdmin.Documents;

/// <summary>A row with one cell for each column; a total is printed bold below a rule and never alone on a page.</summary>
public sealed record TableRow(IReadOnlyList<string> Cells, bool IsTotal = false);
