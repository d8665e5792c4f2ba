using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>The columns of the file of requests.</summary>
internal static class RoomChangesExport
{
    public static IReadOnlyList<ExportColumn<RoomChangeRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.RequestNumber"], c => c.Number),
        new(words["Field.State"], c => words[$"RoomChangeState.{c.State}"].Value),
        new(words["Field.Person"], c => c.Person),
        new(words["Field.Number"], c => c.PersonNumber),
        new(words["Field.From"], c => c.From?.ToString()),
        new(words["Field.Target"], c => c.Target),
        new(words["Field.Reason"], c => c.Reason),
        new(words["Field.AskedAt"], c => c.AskedAt, ColumnFormat.Moment),
        new(words["Field.EndedAt"], c => c.EndedAt, ColumnFormat.Moment),
        new(words["Field.DecidedBy"], c => c.DecidedBy),
        new(words["Field.Because"], c => c.Because),
    ];
}
