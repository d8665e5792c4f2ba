using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>Number of rows by outcome.</summary>
public sealed record ImportCounts(int New, int Changed, int Same, int Rejected)
{
    public int Read => New + Changed + Same + Rejected;

    public int CountOf(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.New => New,
        ImportOutcome.Changed => Changed,
        ImportOutcome.Same => Same,
        _ => Rejected,
    };

    public static ImportCounts Of(IReadOnlyList<RowVerdict> verdicts)
    {
        var counts = new int[5];
        foreach (var verdict in verdicts) counts[(int)verdict.Outcome]++;
        return new ImportCounts(counts[(int)ImportOutcome.New], counts[(int)ImportOutcome.Changed], counts[(int)ImportOutcome.Same],
            counts[(int)ImportOutcome.Rejected]);
    }
}
