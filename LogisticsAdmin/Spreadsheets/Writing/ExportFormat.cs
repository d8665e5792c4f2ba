namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>The files a list is exported as; the name is the file's ending.</summary>
public enum ExportFormat
{
    Xlsx = 1,
    Csv = 2,
}
