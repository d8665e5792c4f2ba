using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Reading.Parts;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.Export;

/// <summary>The columns of the export of the desk's list.</summary>
internal sealed class TicketExport(
    IStringLocalizer<DeskText> words, IStringLocalizer<WorkText> workWords, IStringLocalizer<TicketsText> ticketWords)
{
    private static decimal Hours(TimeSpan span) => Math.Round(span.Ticks / (decimal)TimeSpan.TicksPerHour, 2);

    /// <summary>All columns or, with <paramref name="chosen"/>, only those that the user's desk shows.</summary>
    public IReadOnlyList<ExportColumn<RepairExportRow>> Columns(DeskFact? chosen = null)
    {
        return [.. All().Where(c => chosen is not { } facts || c.Always || (c.Fact is { } fact && (facts & fact) != 0)).Select(c => c.Column)];

        IEnumerable<(ExportColumn<RepairExportRow> Column, DeskFact? Fact, bool Always)> All() =>
        [
            Fact(words["Column.Number"], r => r.Row.Number, DeskFact.Number),
            Always(words["Column.Status"], r => TicketDisplay.Status(ticketWords, r.Row.Status, r.Row.HeldFor)),
            Always(words["Field.Urgency"], r => r.Row.Urgency.Name().ToString()),
            Fact(words["Field.Category"], r => r.Row.Category, DeskFact.Category),
            Fact(words["Column.Building"], r => r.Row.Building, DeskFact.Place),
            Fact(workWords["Field.RoomId"], r => r.Row.Room, DeskFact.Place),
            Other(words["Column.Reporter"], r => r.Reporter),
            Fact(workWords["Field.Phone"], r => r.Phone, DeskFact.Phone),
            Fact(words["Column.Submitted"], r => r.Row.SubmittedAt, DeskFact.Submitted, ColumnFormat.Moment),
            Other(words["Field.ResponseDue"], r => r.Row.ResponseDueAt, ColumnFormat.Moment),
            Always(words["Field.Due"], r => r.Row.DueAt, ColumnFormat.Moment),
            Fact(words["Field.Crew"], r => r.Row.Crew, DeskFact.Who),
            Fact(words["Field.TechnicianId"], r => r.Row.Technician, DeskFact.Who),
            Other(words["Column.Finished"], r => r.Row.CompletedAt, ColumnFormat.Moment),
            Other(words["Column.Ours"], r => Hours(r.Time.OfficeTotal), ColumnFormat.Amount),
            Other(words["Column.Theirs"], r => Hours(r.Time.WaitingTotal), ColumnFormat.Amount),
            Other(words["Column.OursWorking"], r => Hours(r.Time.OfficeWorking), ColumnFormat.Amount),
            Other(words["Column.TheirsWorking"], r => Hours(r.Time.WaitingWorking), ColumnFormat.Amount),
            Other(words["Column.Stars"], r => r.Row.Stars, ColumnFormat.Whole),
            Other(words["Field.Cost"], r => r.Cost, ColumnFormat.Amount),
            Other(words["Column.Outage"], r => r.OutageNotice),
            Always(workWords["Field.Description"], r => r.Row.Description),
        ];

        ExportColumn<RepairExportRow> Column(string title, Func<RepairExportRow, object?> value, ColumnFormat format) => new(title, value, format);

        (ExportColumn<RepairExportRow>, DeskFact?, bool) Always(string title, Func<RepairExportRow, object?> value, ColumnFormat format = ColumnFormat.Text) =>
            (Column(title, value, format), null, true);

        (ExportColumn<RepairExportRow>, DeskFact?, bool) Fact(
            string title, Func<RepairExportRow, object?> value, DeskFact fact, ColumnFormat format = ColumnFormat.Text) =>
            (Column(title, value, format), fact, false);

        (ExportColumn<RepairExportRow>, DeskFact?, bool) Other(string title, Func<RepairExportRow, object?> value, ColumnFormat format = ColumnFormat.Text) =>
            (Column(title, value, format), null, false);
    }
}
