namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// How much of an upload is read before it is refused. An office's largest lists stay far below; what is above wants to fill the memory
/// or to keep a processor busy. The sizes of parts are those that the zip promises: inflating stops there.
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

    /// <summary>Kept cells, the gaps before a row's last one counted.</summary>
    public int Cells { get; init; } = 6_000_000;

    /// <summary>Kept text, in characters.</summary>
    public int Characters { get; init; } = 50_000_000;

    /// <summary>Of one cell: what Excel allows.</summary>
    public int CellCharacters { get; init; } = 32_767;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    public const int Mebi = 1024 * 1024;
}
