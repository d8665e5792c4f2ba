namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>What an import did: read = imported + rejected + already there. Codes and arguments, rendered in the reader's language.</summary>
public sealed record LogImportReport
{
    public required string Source { get; init; }
    public required int Read { get; init; }
    public required int Imported { get; init; }

    /// <summary>How many of the imported wait for triage.</summary>
    public required int Open { get; init; }
    public required int AlreadyThere { get; init; }
    public required int NewPlaces { get; init; }
    public required IReadOnlyList<RejectedLine> Rejected { get; init; }
}

/// <summary>One record that stayed out: the line of the file it begins on (the header is line 1), and why ("Import.Code" of RepairsText).</summary>
public sealed record RejectedLine(int Line, string Code, IReadOnlyList<object?> Args);
