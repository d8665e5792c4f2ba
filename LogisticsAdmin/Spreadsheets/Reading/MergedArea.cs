namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Merged cells; the first one holds the value.</summary>
internal readonly record struct MergedArea(CellReference From, CellReference To);
