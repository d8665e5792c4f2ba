using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports.Parts;

internal static class OutcomeStyle
{
    /// <summary>Green, blue, grey, red; always beside the word.</summary>
    public static string Of(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.New => "done",
        ImportOutcome.Changed => "new",
        ImportOutcome.Same => "hold",
        _ => "late",
    };
}
