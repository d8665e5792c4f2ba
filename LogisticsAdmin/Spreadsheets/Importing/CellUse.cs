namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>How the cells of a column are read.</summary>
public enum CellUse
{
    Text = 1,

    /// <summary>An identifier such as a student number: leading zeros count, and nobody calculates with it.</summary>
    Code = 2,
    Phone = 3,
    WholeNumber = 4,
    Amount = 5,
    Day = 6,
    Moment = 7,

    /// <summary>One of <see cref="ImportColumn.Choices"/>.</summary>
    Choice = 8,

    /// <summary>Several of them, separated by commas, semicolons or slashes of either width.</summary>
    Choices = 9,
}
