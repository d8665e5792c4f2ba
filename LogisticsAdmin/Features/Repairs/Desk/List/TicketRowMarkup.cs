using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LogisticsAdmin.Features.Repairs.Desk.Presence;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Reading.Parts;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live.Presence;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.List;

/// <summary>
/// The content of a row of the live list as markup. Every open page holds fifty rows: as elements of a component they are most of its memory, and
/// most of the bytes when a list changes to other rows. As markup they are texts, made once and shared by all pages that show the same facts.
/// </summary>
internal sealed record TicketRowMarkup(MarkupString Main, MarkupString Due, string? DueTitle)
{
    private const string Gap = "\u2002 ";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    // Times are shown without their date on the same day, so a text is right for one day.
    private static readonly ConditionalWeakTable<RepairRow, ConcurrentDictionary<(DeskDensity, DeskFact, string, DateOnly), TicketRowMarkup>> Made = [];

    /// <summary>The markup of a row; shared unless somebody else has the ticket open.</summary>
    public static TicketRowMarkup Of(RepairRow row, DeskSettings settings, SubjectPresence? presence, RowWords words) => presence is null
        ? Made.GetOrCreateValue(row).GetOrAdd(
            (settings.Density, settings.Facts, CultureInfo.CurrentUICulture.Name, words.Office.Today),
            static (_, row) => Make(row.row, row.settings, null, row.words), (row, settings, words))
        : Make(row, settings, presence, words);

    private static TicketRowMarkup Make(RepairRow row, DeskSettings settings, SubjectPresence? presence, RowWords words)
    {
        var (flags, facts) = (Flags(row, words).ToList(), Facts(row, settings, words).ToList());
        var isCompact = settings.Density == DeskDensity.Compact;
        var main = new StringBuilder("<div>");
        Add(main, "span", TicketDisplay.Tone(row.Status), TicketDisplay.Status(words.Tickets, row.Status, row.HeldFor));
        if (row.Urgency is Urgency.Emergency or Urgency.Urgent)
            Add(main, "span", row.Urgency == Urgency.Emergency ? "pill late" : "pill work", row.Urgency.Name().ToString());
        Add(main, "bdi", null, row.Summary);
        if (presence is not null) AddFaces(main, presence, words);
        main.Append("</div><div class=\"l2\"");
        // A compact row omits what does not fit; the tooltip shows everything.
        if (isCompact) main.Append(" title=\"").Append(Encoder.Encode(string.Join(" · ", flags.Concat(facts)))).Append('"');
        main.Append('>');
        if (presence?.Claim is { } claim)
            Add(main, "bdi", $"claimed\" data-claim=\"{claim.Kind}", words.Desk[$"ClaimKind.{claim.Kind}", claim.Name]);
        foreach (var flag in flags) Add(main, "span", "nudged", flag);
        main.AppendJoin(Gap, facts.Select(Unbroken)).Append("</div>");

        var who = settings.Shows(DeskFact.Who) ? row.Technician ?? row.Crew?.ToString() : null;
        var shown = TicketDisplay.Due(row, words.Reading, words.Office);
        var due = new StringBuilder();
        var data = shown.Moment is { } moment ? string.Create(CultureInfo.InvariantCulture, $"\" data-moment=\"{moment}") : "";
        if (shown.Kind is not null) data += $"\" data-kind=\"{shown.Kind}";
        Add(due, "span", shown.Class + data, shown.Text ?? "");
        if (who is not null) Add(due, "span", "who", who);

        // Only a compact row may cut off who works on the ticket.
        var title = !isCompact || who is null ? shown.Title : shown.Title is null ? who : $"{shown.Title} · {who}";
        return new TicketRowMarkup(new MarkupString(main.ToString()), new MarkupString(due.ToString()), title);
    }

    private static void Add(StringBuilder html, string element, string? attributes, string text)
    {
        html.Append('<').Append(element);
        if (attributes is not null) html.Append(" class=\"").Append(attributes).Append('"');
        html.Append('>').Append(Encoder.Encode(text)).Append("</").Append(element).Append('>');
    }

    private static void AddFaces(StringBuilder html, SubjectPresence others, RowWords words)
    {
        var names = Encoder.Encode(ViewerFaces.Names(others, words.Desk));
        html.Append(CultureInfo.InvariantCulture, $"<span class=\"faces\" role=\"img\" title=\"{names}\" aria-label=\"{names}\">");
        foreach (var viewer in others.Viewers.Take(ViewerFaces.MaxFaces)) Add(html, "i", null, ViewerFaces.Initial(viewer.Name));
        html.Append("</span>");
    }

    // A compact row shows the number last, because it omits what does not fit.
    private static IEnumerable<string> Facts(RepairRow row, DeskSettings settings, RowWords words)
    {
        var isCompact = settings.Density == DeskDensity.Compact;
        if (!isCompact && settings.Shows(DeskFact.Number)) yield return row.Number;
        if (settings.Shows(DeskFact.Submitted)) yield return words.Desk["SubmittedAt", words.Office.Show(row.SubmittedAt)];
        if (settings.Shows(DeskFact.Reporter) && row.Reporter is { } reporter) yield return $"\u2068{reporter}\u2069";
        if (settings.Shows(DeskFact.Phone) && row.ContactPhone is { } phone) yield return phone;
        if (settings.Shows(DeskFact.Place)) yield return $"{row.Building} {row.Room}";
        if (settings.Shows(DeskFact.Category)) yield return row.Category.ToString();
        if (isCompact && settings.Shows(DeskFact.Number)) yield return row.Number;
    }

    // Lines break only between facts.
    private static string Unbroken(string fact) => Encoder.Encode(fact).Replace(' ', '\u00a0');

    /// <summary>The reasons why the ticket needs attention.</summary>
    private static IEnumerable<string> Flags(RepairRow row, RowWords words)
    {
        if (row.Nudges > 0) yield return words.Desk["NudgedTimes", row.Nudges];
        if (row.IsRework) yield return words.Desk["IsRework"];
        else if (row.Repeats > 0) yield return words.Desk["RepeatedTimes", row.Repeats + 1];
        if (row.Transfers > CampusRules.TransfersUnflagged) yield return words.Desk["TransferredTimes", row.Transfers];
        if (row.AskedMinutes is not null) yield return words.Desk["AsksExtension"];
    }
}

/// <summary>What a row's markup takes its words and times from.</summary>
internal sealed record RowWords(
    IStringLocalizer<DeskText> Desk, IStringLocalizer<TicketsText> Tickets, IStringLocalizer<ReadingText> Reading, OfficeTime Office);
