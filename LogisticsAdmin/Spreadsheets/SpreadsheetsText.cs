namespace LogisticsAdmin.Spreadsheets;

/// <summary>Words about files and their cells.</summary>
public sealed class SpreadsheetsText;
