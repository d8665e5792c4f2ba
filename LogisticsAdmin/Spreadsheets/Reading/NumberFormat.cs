namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// What a number format means for reading: the numbers are dates or times, or it shows digits of a code such as 000000 or words of its own,
/// or they are plain numbers.
/// </summary>
internal sealed record NumberFormat
{
    // Excel's limits.
    private const int MaxLength = 255;
    private const int MaxSections = 4;

    public static readonly NumberFormat General = new();
    private static readonly NumberFormat Day = new() { IsDate = true };
    private static readonly NumberFormat Time = new() { IsDate = true, IsElapsed = true };

    public bool IsDate { get; private init; }

    /// <summary>A duration, whose hours may exceed 24.</summary>
    public bool IsElapsed { get; private init; }

    private List<FormatSection> Sections { get; init; } = [];

    /// <summary>A built-in format, which workbooks refer to by number only. 27-36 and 50-58 are Chinese and Japanese dates.</summary>
    public static NumberFormat Of(int id) => id switch
    {
        >= 14 and <= 22 or >= 27 and <= 36 or 45 or 47 or >= 50 and <= 58 => Day,
        46 => Time,
        _ => General,
    };

    /// <summary>A format by its code. Whether it is a date is decided by the first section, the one for positive numbers.</summary>
    public static NumberFormat Of(string code)
    {
        if (code.Length > MaxLength) return General;
        List<FormatSection> sections = [];
        for (var at = 0; at < code.Length && sections.Count < MaxSections;) sections.Add(FormatSection.Parse(code, ref at));
        if (sections is [{ IsDate: true } first, ..]) return new NumberFormat { IsDate = true, IsElapsed = first.IsElapsed };
        return sections.Exists(s => s.IsPattern) ? new NumberFormat { Sections = sections } : General;
    }

    /// <summary>The number as the format shows it, or null when it is shown as a plain number.</summary>
    public string? Apply(double number)
    {
        if (Sections.Count == 0) return null;
        if (Sections.Exists(s => s.HasCondition))
            return (Sections.Find(s => s.Holds(number)) ?? Sections.Skip(1).FirstOrDefault(s => !s.HasCondition && !s.IsForText))?.Apply(number);
        return (number, Sections.Count) switch
        {
            ( < 0, 1) => Sections[0].Apply(-number) is { } shown && !char.IsAsciiDigit(shown[0]) ? "-" + shown : null,
            ( < 0, _) => Sections[1].Apply(-number),
            (0, > 2) => Sections[2].Apply(number),
            _ => Sections[0].Apply(number),
        };
    }

    /// <summary>The text as the format shows it, or null when it is shown as it is.</summary>
    public string? Apply(string text) =>
        (Sections.Count == MaxSections ? Sections[^1] : Sections.FindLast(s => s.IsForText))?.Apply(text);
}
