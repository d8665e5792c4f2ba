using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>The columns of the list of cases as a file. An anonymous case has no reporter in it.</summary>
internal static class VoiceExport
{
    public static IReadOnlyList<ExportColumn<VoiceRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.Number"], r => r.Number),
        new(words["Field.Kind"], r => words[$"VoiceKind.{r.Kind}"].Value),
        new(words["Field.State"], r => words[$"VoiceState.{r.State}"].Value),
        new(words["Field.Text"], r => r.Text),
        new(words["Field.Reporter"], r => r.IsAnonymous ? words["Anonymous"].Value : r.Reporter),
        new(words["Field.CentreId"], r => r.Centre?.ToString()),
        new(words["Field.CrewId"], r => r.Crew?.ToString()),
        new(words["Field.Place"], r => $"{r.Building} {r.Room}".Trim()),
        new(words["Field.Owner"], r => r.Owner),
        new(words["Field.SubmittedAt"], r => r.SubmittedAt, ColumnFormat.Moment),
        new(words["Field.FirstAnsweredAt"], r => r.FirstAnsweredAt, ColumnFormat.Moment),
        new(words["Field.DueAt"], r => r.DueAt, ColumnFormat.Moment),
        new(words["Field.SettledAt"], r => r.SettledAt, ColumnFormat.Moment),
        new(words["Field.EndedAt"], r => r.EndedAt, ColumnFormat.Moment),
        new(words["Field.Solved"], r => r.IsSolved is { } solved ? words[solved ? "Yes" : "No"].Value : null),
        new(words["Field.Satisfaction"], r => r.Satisfaction is { } given ? words[$"Satisfaction.{given}"].Value : null),
    ];
}
