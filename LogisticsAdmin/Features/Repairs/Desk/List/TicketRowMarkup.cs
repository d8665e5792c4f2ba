using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using LogisticsAdmin.Features.Repairs.Desk.Presence;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Reading.Parts;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live.Presence;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.List;

/// <summary>
/// The content of a row of the live list as markup. Every open page holds fifty rows: as elements of a component they are most of its memory, and
/// most of the bytes when a list changes to other rows. As markup they are texts, made once and shared by all pages that show the same facts.
/// </summary>
internal sealed record TicketRowMarkup(MarkupString Main, MarkupString Due, string? DueTitle)
{
    // Lines break between two facts only.
    private const string Gap = "\u2002 ";

    // Times are shown without their date on the same day, so a text is right for one day.
    private static readonly ConditionalWeakTable<RepairRow, ConcurrentDictionary<(DeskDensity, DeskFact, string, DateOnly), TicketRowMarkup>> Made = [];

    // A row has one class text per combination of states, shared by all open pages.
    private static readonly ConcurrentDictionary<(string?, bool, bool, bool), string> ClassNames = new();

    /// <summary>The classes of a row: whether it presses, is on the sheet, has left the filter, is marked.</summary>
    public static string ClassOf(RepairRow row, bool isChosen, bool hasLeft, bool isMarked) =>
        ClassNames.GetOrAdd((Edge(row), isChosen, hasLeft, isMarked), static state => string.Join(' ', new[]
        {
            "ticket", state.Item1, state.Item2 ? "sel" : null, state.Item3 ? "left" : null, state.Item4 ? "marked" : null,
        }.OfType<string>()));

    /// <summary>The markup of a row; shared unless somebody else has the ticket open.</summary>
    public static TicketRowMarkup Of(RepairRow row, DeskSettings settings, SubjectPresence? presence, RowWords words) => presence is null
        ? Made.GetOrCreateValue(row).GetOrAdd(
            (settings.Density, settings.Facts, CultureInfo.CurrentUICulture.Name, words.Office.Today),
            static (_, shown) => Make(shown.row, shown.settings, null, shown.words), (row, settings, words))
        : Make(row, settings, presence, words);

    private static string? Edge(RepairRow row) => !row.Status.IsOpen() ? null : row.Urgency switch
    {
        _ when row.IsOverdue => "u1",
        Urgency.Emergency => "u1",
        Urgency.Urgent => "u2",
        _ => null,
    };

    private static TicketRowMarkup Make(RepairRow row, DeskSettings settings, SubjectPresence? presence, RowWords words)
    {
        var who = settings.Shows(DeskFact.Who) ? row.Technician ?? row.Crew?.ToString() : null;
        var due = TicketDisplay.Due(row, words.Reading, words.Office);

        // Only a compact row may cut off who works on the ticket.
        var title = settings.Density != DeskDensity.Compact || who is null ? due.Title : due.Title is null ? who : $"{due.Title} · {who}";
        return new TicketRowMarkup(MainOf(row, settings, presence, words), DueOf(due, who, words), title);
    }

    private static MarkupString MainOf(RepairRow row, DeskSettings settings, SubjectPresence? presence, RowWords words)
    {
        var html = new MarkupBuilder(words.Encoder);
        html.Open("div");
        html.Add("span", TicketDisplay.Status(words.Tickets, row.Status, row.HeldFor), ("class", TicketDisplay.Tone(row.Status)));
        if (row.Urgency is Urgency.Emergency or Urgency.Urgent)
            html.Add("span", row.Urgency.Name().ToString(), ("class", row.Urgency == Urgency.Emergency ? "pill late" : "pill work"));
        html.Add("bdi", row.Summary);
        if (presence is not null)
        {
            var names = ViewerFaces.Names(presence, words.Desk);
            html.Open("span", ("class", "faces"), ("role", "img"), ("title", names), ("aria-label", names));
            foreach (var viewer in presence.Viewers.Take(ViewerFaces.MaxFaces)) html.Add("i", ViewerFaces.Initial(viewer.Name));
            html.Close("span");
        }
        html.Close("div");

        var (flags, facts) = (Flags(row, words).ToList(), Facts(row, settings, words).ToList());

        // A compact row omits what does not fit; the tooltip shows everything.
        html.Open("div", ("class", "l2"), ("title", settings.Density == DeskDensity.Compact ? string.Join(" · ", flags.Concat(facts)) : null));
        if (presence?.Claim is { } claim)
            html.Add("bdi", words.Desk[$"ClaimKind.{claim.Kind}", claim.Name], ("class", "claimed"), ("data-claim", claim.Kind.ToString()));
        foreach (var flag in flags) html.Add("span", flag, ("class", "nudged"));
        foreach (var (i, fact) in facts.Index())
        {
            if (i > 0) html.Add(Gap);
            // A line would break at the number's hyphen.
            if (fact == row.Number) html.Add("span", fact, ("class", "num"));
            else html.Add(fact.Replace(' ', '\u00a0'));
        }
        html.Close("div");
        return html.ToMarkup();
    }

    private static MarkupString DueOf(DueDisplay due, string? who, RowWords words)
    {
        var html = new MarkupBuilder(words.Encoder);
        html.Add("span", due.Text, ("class", due.Class), ("data-moment", due.Moment?.ToString(CultureInfo.InvariantCulture)), ("data-kind", due.Kind));
        if (who is not null) html.Add("span", who, ("class", "who"));
        return html.ToMarkup();
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

    /// <summary>The reasons why the ticket needs attention.</summary>
    private static IEnumerable<string> Flags(RepairRow row, RowWords words)
    {
        if (row.OutageNoticeId is not null) yield return words.Reading["Outage.Mark"];
        if (row.Nudges > 0) yield return words.Desk["NudgedTimes", row.Nudges];
        if (row.IsRework) yield return words.Desk["IsRework"];
        else if (row.Repeats > 0) yield return words.Desk["RepeatedTimes", row.Repeats + 1];
        if (row.Transfers > CampusRules.TransfersUnflagged) yield return words.Desk["TransferredTimes", row.Transfers];
        if (row.AskedMinutes is not null) yield return words.Desk["AsksExtension"];
    }
}

/// <summary>What a row's markup takes its words and times from, and what encodes the texts in it.</summary>
internal sealed record RowWords(
    IStringLocalizer<DeskText> Desk, IStringLocalizer<TicketsText> Tickets, IStringLocalizer<ReadingText> Reading, OfficeTime Office, HtmlEncoder Encoder);

/// <summary>Elements as markup. Every text and every value of an attribute is encoded; attributes without a value are left out.</summary>
internal sealed class MarkupBuilder(HtmlEncoder encoder)
{
    private readonly StringBuilder _html = new();

    public void Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _html.Append('<').Append(element);
        foreach (var (name, value) in attributes)
            if (value is not null) _html.Append(' ').Append(name).Append("=\"").Append(encoder.Encode(value)).Append('"');
        _html.Append('>');
    }

    public void Close(string element) => _html.Append("</").Append(element).Append('>');

    public void Add(string element, string? text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(element, attributes);
        if (text is not null) Add(text);
        Close(element);
    }

    public void Add(string text) => _html.Append(encoder.Encode(text));

    public MarkupString ToMarkup() => new(_html.ToString());
}
