using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>The columns of the lists as files.</summary>
internal static class SettingsExport
{
    public static IReadOnlyList<ExportColumn<CrewRow>> Crews(IStringLocalizer words) =>
    [
        new(words["Field.Code"], c => c.Code),
        new(words["Field.Name"], c => c.Name.Zh),
        new(words["Field.NameEn"], c => c.Name.En),
        new(words["Field.LeadId"], c => c.Lead),
        new(words["Technicians"], c => c.Technicians),
        new(words["Field.Capacity"], c => c.Capacity),
        new(words["OpenTickets"], c => c.Open),
        new(words["DefaultOf"], c => SettingsWords.Names(words, c.DefaultOf)),
        new(words["Field.Categories"], c => SettingsWords.Names(words, c.Categories)),
        new(words["Field.Buildings"], c => SettingsWords.Buildings(words, c.Buildings)),
        new(words["State"], c => words[$"SettingState.{c.State}"].Value),
        new(words["Field.Reason"], c => c.RetiredBecause),
    ];

    public static IReadOnlyList<ExportColumn<CategoryRow>> Categories(IStringLocalizer words, IReadOnlyDictionary<long, string> groups) =>
    [
        new(words["Field.ParentId"], c => c.ParentId is { } group ? groups.GetValueOrDefault(group) : null),
        new(words["Field.Code"], c => c.Code),
        new(words["Field.Name"], c => c.Name.Zh),
        new(words["Field.NameEn"], c => c.Name.En),
        new(words["Field.PlainName"], c => c.PlainName.Zh),
        new(words["Field.PlainNameEn"], c => c.PlainName.En),
        new(words["Field.Urgency"], c => c.IsGroup ? null : c.Urgency.Name().ToString()),
        new(words["Field.CrewId"], c => c.Crew?.ToString()),
        new(words["Field.Points"], c => c.IsGroup ? null : c.Points),
        new(words["OpenTickets"], c => c.IsGroup ? null : c.Open),
        new(words["State"], c => words[$"SettingState.{c.State}"].Value),
        new(words["Field.Reason"], c => c.RetiredBecause),
    ];

    public static IReadOnlyList<ExportColumn<VisitSlotRow>> Slots(IStringLocalizer words, IStringLocalizer<TicketsText> ticketWords) =>
    [
        new(words["Field.From"], s => s.From.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
        new(words["Field.To"], s => s.To.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
        new(words["Field.Days"], s => SettingsWords.Days(words, ticketWords, s.Days)),
        new(words["Field.Buildings"], s => SettingsWords.Buildings(words, s.Buildings)),
        new(words["OpenTickets"], s => s.Open),
        new(words["State"], s => words[$"SettingState.{s.State}"].Value),
        new(words["Field.Reason"], s => SettingsWords.Reason(words, s.RetiredBecause)),
    ];
}
