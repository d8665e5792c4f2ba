using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>The columns of the export of absences.</summary>
internal static class AbsenceExport
{
    public static IReadOnlyList<ExportColumn<AbsenceRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.PersonId"], a => a.Person),
        new(words["Crew"], a => a.Crew?.ToString() ?? words["TheOffice"].Value),
        new(words["Field.Reason"], a => words[$"AbsenceReason.{a.Reason}"].Value),
        new(words["Field.From"], a => a.From, ColumnFormat.Day),
        new(words["Field.To"], a => a.To, ColumnFormat.Day),
        new(words["Field.StandInId"], a => a.StandIn),
        new(words["Field.Note"], a => a.Note),
    ];
}
