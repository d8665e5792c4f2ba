using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>A day and slot for a visit, as report forms offer it.</summary>
public sealed record VisitChoice(DateOnly Day, SlotChoice Slot)
{
    private const int DaysAhead = 7;

    /// <summary>What a form submits for it.</summary>
    public string Value => ValueOf(Day, Slot.Id);

    /// <summary>For example "12:00–14:00".</summary>
    public string Hours => FormattableString.Invariant($"{Slot.From:HH:mm}–{Slot.To:HH:mm}");

    /// <summary>The slots of the next days that have not ended, by day: all, or those that are offered in a building.</summary>
    public static IEnumerable<IGrouping<DateOnly, VisitChoice>> Offered(RepairChoices? choices, OfficeTime office, long? buildingId = null) =>
        from day in Enumerable.Range(0, DaysAhead).Select(office.Today.AddDays)
        from slot in choices?.Slots ?? []
        where office.At(day, slot.To) > office.Now
            && VisitOffer.ObstacleTo(slot.Days, choices!.BuildingsOf(slot.Id), day, !choices.ClosedDays.Contains(day), buildingId) is null
        group new VisitChoice(day, slot) by day;

    public static string ValueOf(DateOnly day, long slotId) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{slotId}");

    /// <summary>The day and slot of a submitted value; null where it has none.</summary>
    public static (DateOnly? Day, long? SlotId) Read(string? value)
    {
        var parts = value?.Split('/') ?? [];
        return (
            parts is [var day, _] && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d) ? d : null,
            parts is [_, var slot] ? TypedId.Parse(slot) : null);
    }
}
