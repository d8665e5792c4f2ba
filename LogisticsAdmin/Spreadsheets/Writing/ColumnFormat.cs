namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>Type and number format of a column in an exported workbook.</summary>
public enum ColumnFormat
{
    Text = 1,
    Whole = 2,
    Amount = 3,
    Day = 4,

    /// <summary>To the minute, in the office's time zone.</summary>
    Moment = 5,
}
