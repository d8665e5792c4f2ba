namespace LogisticsAdmin.Spreadsheets.Reading;

public enum CellKind : byte
{
    Empty = 0,
    Text = 1,
    Number = 2,
    Date = 3,
    Boolean = 4,
    Error = 5,
}
