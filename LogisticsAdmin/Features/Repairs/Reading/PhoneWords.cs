using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Describes tickets in full sentences for residents and technicians on a phone, in the reader's language and the office's time.</summary>
public sealed class PhoneWords(IStringLocalizer<ReadingText> words, IStringLocalizer<TicketsText> ticketWords, OfficeTime office)
{
    /// <summary>Today, tomorrow, or the date with its weekday.</summary>
    public string Day(DateOnly day) => (day.DayNumber - office.Today.DayNumber) switch
    {
        0 => words["Phone.Today"],
        1 => words["Phone.Tomorrow"],
        _ => $"{day.ToString("MM-dd", CultureInfo.InvariantCulture)} {day.ToString("ddd", CultureInfo.CurrentCulture)}",
    };

    /// <summary>When the resident wants the visit; null if they did not say.</summary>
    public string? Visit(DateOnly? day, string? slot) => day is { } d && slot is not null ? $"{Day(d)} {slot}" : null;

    /// <summary>How long until the limit, or how long past it; in days if more than two.</summary>
    public string Due(DateTimeOffset dueAt)
    {
        var left = dueAt - office.Now;
        return words[left < TimeSpan.Zero ? "Phone.Overdue" : "Phone.DueIn", Span(left.Duration())];
    }

    /// <summary>The same for a ticket; if its clock is paused, the time that is left.</summary>
    public string Due(RepairRow row) => row.PausedLeftMinutes is { } left and > 0 ? words["PausedLeft", Span(TimeSpan.FromMinutes(left))] : Due(row.DueAt);

    public string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 60 } => words["Phone.Minutes", (int)span.TotalMinutes],
        { TotalHours: < 48 } => words["Phone.Hours", (int)span.TotalHours],
        _ => words["Phone.Days", (int)span.TotalDays],
    };

    /// <summary>The old and new limit of an extension or, after the limit, what the reporter would be promised.</summary>
    public string Extension(ExtensionPreview preview) =>
        words[preview.IsPromise ? "ExtensionPromises" : "ExtensionMoves", office.Show(preview.DueAt), office.Show(preview.Time)];

    /// <summary>A working time, in hours however long it is: a working day is not a day.</summary>
    public string Working(TimeSpan span) => span.TotalMinutes < 60 ? Span(span) : words["Phone.Hours", (int)span.TotalHours];

    /// <summary>The ticket's progress in one sentence for its reporter.</summary>
    public string Headline(TicketDetail detail)
    {
        var row = detail.Row;
        var visit = Visit(row.VisitDay, detail.Slot);
        var key = row.Status switch
        {
            TicketStatus.Taken or TicketStatus.Rework when detail.ArrivedAt is not null => "Arrived",
            TicketStatus.Taken when visit is not null && row.VisitDay >= office.Today => "TakenVisit",
            TicketStatus.OnHold => $"OnHold.{row.HeldFor}",
            _ => row.Status.ToString(),
        };
        return words[$"Phone.Headline.{key}", row.Technician ?? "", row.Crew?.ToString() ?? "", visit ?? ""];
    }

    /// <summary>The text of a timeline entry.</summary>
    public string Event(TimelineEntry entry, long me)
    {
        var who = entry.ActorId == me ? words["Phone.You"].Value : entry.Actor ?? words["Phone.House"].Value;
        var to = string.Join(' ', new[] { entry.Crew?.ToString(), entry.Person }.OfType<string>());
        var code = entry switch
        {
            { Verb: RepairVerb.Hold, Code: { } reason } => ticketWords[$"{nameof(HoldReason)}.{reason}"].Value,
            { Verb: RepairVerb.ChangeUrgency, Code: { } urgency } => Enum.Parse<Urgency>(urgency).Name().ToString(),
            { Verb: RepairVerb.RequestExtension, Code: { } asked } => Span(TimeSpan.FromMinutes(AskedExtension.Parse(asked).Minutes)),
            { Verb: RepairVerb.DecideExtension, Code: { } decision } => ticketWords[$"{nameof(Decision)}.{decision}"].Value,
            { Verb: RepairVerb.Undo, Code: { } undone } => ticketWords[$"{nameof(RepairVerb)}.{undone.Split('.')[0]}"].Value,
            { Verb: RepairVerb.Rate, Code: { } stars } => stars,
            _ => "",
        };
        return words[$"Phone.Event.{entry.Verb}", who, to, code];
    }
}
