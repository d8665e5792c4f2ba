namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>A cell reference such as "AB12". The column counts from zero, the row from one.</summary>
internal readonly record struct CellReference(int Column, int Row)
{
    public const int Columns = 16_384;
    public const int Rows = 1_048_576;

    /// <summary>Throws InvalidDataException on a reference outside Excel's limits.</summary>
    public static CellReference Parse(ReadOnlySpan<char> text)
    {
        var (at, column, row) = (0, 0, 0);
        for (; at < text.Length && char.IsAsciiLetter(text[at]) && column <= Columns; at++) column = column * 26 + (text[at] & 0x1F);
        for (; at < text.Length && char.IsAsciiDigit(text[at]) && row <= Rows; at++) row = row * 10 + (text[at] - '0');
        if (at < text.Length || column is 0 or > Columns || row is 0 or > Rows) throw new InvalidDataException();
        return new CellReference(column - 1, row);
    }

    /// <summary>The column's name in Excel: 0 is A, 26 is AA.</summary>
    public static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);
}
