namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>How a cell of an exported workbook looks and which number format it has.</summary>
internal enum CellStyle
{
    Header,

    /// <summary>Format @: stays text when somebody edits it, so that a leading = or + starts no formula even then.</summary>
    Text,
    Whole,
    Amount,
    Day,
    Moment,
    Refused,
    RefusedHeader,
}
