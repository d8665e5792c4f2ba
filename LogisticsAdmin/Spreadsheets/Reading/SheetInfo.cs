namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>A sheet of a file, before it is read.</summary>
public sealed record SheetInfo(int Index, string Name, bool IsHidden);
