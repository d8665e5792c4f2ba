namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// How large a file may be before it is refused. An office's largest lists are far below these limits; a file above them would fill the
/// memory or keep a processor busy. Sizes of parts are taken from the zip directory: .NET stops inflating there.
/// </summary>
internal sealed record SheetLimits
{
    public static readonly SheetLimits Default = new();

    /// <summary>For a file that an administrator names on the server itself: it is trusted, and logs of many years are long.</summary>
    public static readonly SheetLimits OnTheServer = new()
    {
        FileBytes = 512 * Mebi,
        Rows = 1_000_000,
        Cells = 50_000_000,
        Characters = 500_000_000,
        Time = TimeSpan.FromMinutes(10),
    };

    public long FileBytes { get; init; } = 20 * Mebi;
    public int Parts { get; init; } = 2_000;
    public long PartBytes { get; init; } = 200 * Mebi;
    public long AllBytes { get; init; } = 400 * Mebi;
    public int Rows { get; init; } = 200_000;
    public int Columns { get; init; } = 256;

    /// <summary>Cells kept in memory, including the empty ones before a row's last cell.</summary>
    public int Cells { get; init; } = 6_000_000;

    /// <summary>Text kept in memory, in characters.</summary>
    public int Characters { get; init; } = 50_000_000;

    /// <summary>Characters of one cell; Excel's own limit.</summary>
    public int CellCharacters { get; init; } = 32_767;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    public const int Mebi = 1024 * 1024;
}
