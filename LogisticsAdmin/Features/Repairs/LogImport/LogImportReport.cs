namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>
/// The result of an import: Read = Imported + Rejected + AlreadyThere. Rejections are codes with arguments, rendered in the reader's language.
/// </summary>
public sealed record LogImportReport
{
    public required string Source { get; init; }
    public required int Read { get; init; }
    public required int Imported { get; init; }

    /// <summary>How many of the imported tickets await triage.</summary>
    public required int Open { get; init; }
    public required int AlreadyThere { get; init; }
    public required int NewPlaces { get; init; }
    public required IReadOnlyList<RejectedLine> Rejected { get; init; }
}

/// <summary>A record that was not imported: the line of the file it begins on (the header is line 1), and the reason ("Import.Code" of LogMapText).</summary>
public sealed record RejectedLine(int Line, string Code, IReadOnlyList<object?> Args);
