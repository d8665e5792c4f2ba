using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports.Parts;

internal static class OutcomeStyle
{
    /// <summary>CSS class: green, blue, grey or red.</summary>
    public static string Of(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.New => "done",
        ImportOutcome.Changed => "new",
        ImportOutcome.Same => "hold",
        _ => "late",
    };
}
