using LogisticsAdmin.Features.ServiceLevels.Parts;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>The service levels with their history as a file.</summary>
internal static class LevelExport
{
    public static IReadOnlyList<ExportColumn<LevelRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.Urgency"], l => words[$"Urgency.{l.Urgency}"].Value),
        new(words["Field.CategoryId"], l => l.Category is null ? null : LevelWords.Category(words, l)),
        new(words["Counted"], l => words[l.RoundTheClock ? "RoundTheClock" : "WorkingTime"].Value),
        new(words["Field.ResponseHours"], l => l.ResponseMinutes / 60m, ColumnFormat.Amount),
        new(words["Field.CompletionHours"], l => l.CompletionMinutes / 60m, ColumnFormat.Amount),
        // The first levels have no start date: they have always been in force.
        new(words["From"], l => l.From == DateTimeOffset.UnixEpoch ? words["FromStart"].Value : l.From, ColumnFormat.Moment),
        new(words["Until"], l => l.Until is { } until ? until : words["Now"].Value, ColumnFormat.Moment),
        new(words["By"], l => l.By),
        new(words["Field.Why"], l => l.Why),
    ];
}
