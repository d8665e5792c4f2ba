using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Reading.Parts;

/// <summary>How a ticket's status and limit are displayed, shared by rows, cards and the sheet.</summary>
internal static class TicketDisplay
{
    public static string Tone(TicketStatus status) => status switch
    {
        TicketStatus.New => "pill new",
        TicketStatus.Triaged or TicketStatus.Assigned => "pill wait",
        TicketStatus.Taken or TicketStatus.InProgress or TicketStatus.Rework => "pill work",
        TicketStatus.Completed or TicketStatus.Closed => "pill done",
        _ => "pill hold",
    };

    /// <summary>The text of the status; for a ticket on hold, what it waits for.</summary>
    public static string Status(IStringLocalizer<TicketsText> words, TicketStatus status, HoldReason? heldFor) =>
        status == TicketStatus.OnHold && heldFor is { } reason ? words[$"HeldFor.{reason}"] : words[$"TicketStatus.{status}"];

    /// <summary>Who is currently responsible; null if nobody is any longer.</summary>
    public static string? Holder(IStringLocalizer<TicketsText> words, TicketDetail detail) => detail.Row.Status switch
    {
        TicketStatus.New or TicketStatus.Triaged => detail.Owner ?? words["Holder.Desk"],
        TicketStatus.OnHold => words[$"HoldReason.{detail.Row.HeldFor}"],
        TicketStatus.Completed => detail.Reporter ?? words["Holder.Reporter"],
        var open when open.IsOpen() => detail.Row.Technician ?? detail.Row.Crew?.ToString(),
        _ => null,
    };

    private static string Hours(int minutes) => minutes < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{minutes}m") : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60}h");

    /// <summary>The time that the row's countdown refers to; the page's script writes and refreshes the relative time.</summary>
    public static DueDisplay Due(RepairRow row, IStringLocalizer<ReadingText> words, OfficeTime office)
    {
        if (row.Status == TicketStatus.Completed && row.CompletedAt + CampusRules.VerifyWithin is { } verified)
            return new DueDisplay("due", verified.ToUnixTimeMilliseconds(), "verify", office.Show(verified), null);
        if (row.PausedLeftMinutes is { } left and > 0)
            return new DueDisplay("due muted", null, null, words["PausedHint"], words["PausedLeft", Hours(left)]);
        if (row.Status == TicketStatus.New && row.RespondedAt is null && row.ResponseDueAt < row.DueAt)
            return new DueDisplay("due", row.ResponseDueAt.ToUnixTimeMilliseconds(), null, words["ResponseDueAt", office.Show(row.ResponseDueAt)], null);
        if (row.Status.IsOpen())
            return new DueDisplay("due", row.DueAt.ToUnixTimeMilliseconds(), null, words["DueAt", office.Show(row.DueAt)], null);
        return new DueDisplay("due muted", null, null, null, row.EndedAt is { } ended ? office.Show(ended) : null);
    }
}

/// <summary>The content of a row's due column: a time that the page counts down to, or a text.</summary>
internal readonly record struct DueDisplay(string Class, long? Moment, string? Kind, string? Title, string? Text);
