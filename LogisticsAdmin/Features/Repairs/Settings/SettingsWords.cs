using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>Lists of names and weekdays as one text, in the reader's language.</summary>
internal static class SettingsWords
{
    private const SlotDays Workdays = SlotDays.Monday | SlotDays.Tuesday | SlotDays.Wednesday | SlotDays.Thursday | SlotDays.Friday;

    public static readonly IReadOnlyList<SlotDays> MondayFirst =
    [
        SlotDays.Monday, SlotDays.Tuesday, SlotDays.Wednesday, SlotDays.Thursday, SlotDays.Friday, SlotDays.Saturday, SlotDays.Sunday,
    ];

    public static string Names(IStringLocalizer words, IEnumerable<Choice> choices) => string.Join(words["Separator"], choices.Select(c => c.Name));

    public static string Buildings(IStringLocalizer words, IReadOnlyList<Choice> buildings) =>
        buildings.Count == 0 ? words["AllBuildings"] : Names(words, buildings);

    public static string Days(IStringLocalizer words, IStringLocalizer<TicketsText> ticketWords, SlotDays days) => days switch
    {
        SlotDays.All => ticketWords["SlotDays.All"],
        Workdays => words["Workdays"],
        _ => string.Join(words["Separator"], MondayFirst.Where(day => days.HasFlag(day)).Select(day => ticketWords[$"SlotDays.{day}"].Value)),
    };

    /// <summary>Why a slot was retired: typed, or a code of the app.</summary>
    public static string? Reason(IStringLocalizer words, string? because) =>
        because == SlotSettings.HoursChanged ? words["HoursChanged"].Value : because;
}
