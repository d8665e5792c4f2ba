namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>File formats of exports; the name is the file's extension.</summary>
public enum ExportFormat
{
    Xlsx = 1,
    Csv = 2,
}
