namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>How a column's cells are typed and shown in a workbook.</summary>
public enum GridFormat
{
    Text = 1,
    Whole = 2,
    Amount = 3,
    Day = 4,

    /// <summary>To the minute, in the office's time zone.</summary>
    Moment = 5,
}

/// <summary>One column of an export: its title in the reader's language, and its value of a row.</summary>
public sealed record GridColumn<T>(string Title, Func<T, object?> Value, GridFormat Format = GridFormat.Text);
