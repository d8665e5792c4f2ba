namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>A sheet of a file, before it is read. Hidden sheets are offered last and say so.</summary>
public sealed record SheetInfo(int Index, string Name, bool IsHidden);
