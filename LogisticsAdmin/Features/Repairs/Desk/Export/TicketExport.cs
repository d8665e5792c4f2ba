using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Reading.Parts;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.Export;

/// <summary>The columns of the export of the desk's list.</summary>
internal static class TicketExport
{
    /// <summary>All columns or, with <paramref name="chosen"/>, only those that the user's desk shows.</summary>
    public static IReadOnlyList<ExportColumn<RepairExportRow>> Columns(IStringLocalizer words, DeskFact? chosen = null)
    {
        return [.. All().Where(c => chosen is not { } facts || c.Always || (c.Fact is { } fact && (facts & fact) != 0)).Select(c => c.Column)];

        IEnumerable<(ExportColumn<RepairExportRow> Column, DeskFact? Fact, bool Always)> All() =>
        [
            Fact("Column.Number", r => r.Row.Number, DeskFact.Number),
            Always("Column.Status", r => TicketDisplay.Status(words, r.Row.Status, r.Row.HeldFor)),
            Always("Field.Urgency", r => r.Row.Urgency.Name().ToString()),
            Fact("Field.Category", r => r.Row.Category, DeskFact.Category),
            Fact("Column.Building", r => r.Row.Building, DeskFact.Place),
            Fact("Field.RoomId", r => r.Row.Room, DeskFact.Place),
            Other("Column.Reporter", r => r.Reporter),
            Fact("Field.Phone", r => r.Phone, DeskFact.Phone),
            Fact("Column.Submitted", r => r.Row.SubmittedAt, DeskFact.Submitted, ColumnFormat.Moment),
            Other("Field.ResponseDue", r => r.Row.ResponseDueAt, ColumnFormat.Moment),
            Always("Field.Due", r => r.Row.DueAt, ColumnFormat.Moment),
            Fact("Field.Crew", r => r.Row.Crew, DeskFact.Who),
            Fact("Field.TechnicianId", r => r.Row.Technician, DeskFact.Who),
            Other("Column.Finished", r => r.Row.CompletedAt, ColumnFormat.Moment),
            Other("Column.Stars", r => r.Row.Stars, ColumnFormat.Whole),
            Other("Field.Cost", r => r.Cost, ColumnFormat.Amount),
            Always("Field.Description", r => r.Row.Description),
        ];

        ExportColumn<RepairExportRow> Column(string title, Func<RepairExportRow, object?> value, ColumnFormat format) => new(words[title], value, format);

        (ExportColumn<RepairExportRow>, DeskFact?, bool) Always(string title, Func<RepairExportRow, object?> value, ColumnFormat format = ColumnFormat.Text) =>
            (Column(title, value, format), null, true);

        (ExportColumn<RepairExportRow>, DeskFact?, bool) Fact(
            string title, Func<RepairExportRow, object?> value, DeskFact fact, ColumnFormat format = ColumnFormat.Text) =>
            (Column(title, value, format), fact, false);

        (ExportColumn<RepairExportRow>, DeskFact?, bool) Other(string title, Func<RepairExportRow, object?> value, ColumnFormat format = ColumnFormat.Text) =>
            (Column(title, value, format), null, false);
    }
}
