namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Cells drawn as one; the first holds the value.</summary>
internal readonly record struct MergedArea(CellReference From, CellReference To);
