using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>Who works today, crew by crew, as a file.</summary>
internal static class DutyExport
{
    /// <summary>A crew is null for the office.</summary>
    public sealed record Line(LocalName? Crew, WorkerRow Worker);

    public static IReadOnlyList<Line> Lines(DutyBoard board) =>
        [.. board.Crews.SelectMany(c => c.Workers, (c, w) => new Line(c.Name, w)), .. board.Office.Select(w => new Line(null, w))];

    public static IReadOnlyList<ExportColumn<Line>> Columns(IStringLocalizer words) =>
    [
        new(words["Crew"], l => l.Crew?.ToString() ?? words["TheOffice"].Value),
        new(words["Field.PersonId"], l => l.Worker.Name),
        new(words["Export.Phone"], l => l.Worker.Phone),
        new(words["Open"], l => l.Worker.Open, ColumnFormat.Whole),
        new(words["Export.Overdue"], l => l.Worker.Overdue, ColumnFormat.Whole),
        new(words["DoneToday"], l => l.Worker.DoneToday, ColumnFormat.Whole),
        new(words["Export.Absence"], l => l.Worker.Absence is { } absence ? words[$"AbsenceReason.{absence.Reason}"].Value : null),
        new(words["Field.StandInId"], l => l.Worker.Absence?.StandIn),
    ];
}
