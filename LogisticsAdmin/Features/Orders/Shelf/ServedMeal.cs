using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>A meal that a canteen serves: on which days, from when until when, until when one can order, and how many orders a slot takes.</summary>
public sealed class ServedMeal : Versioned, IAudited
{
    private ServedMeal() { }

    public ServedMeal(long canteenId, Meal meal) => (CanteenId, Meal) = (canteenId, meal);

    [NotAudited]
    public long CanteenId { get; private set; }
    public Meal Meal { get; private set; }

    /// <summary>Bits of <see cref="ServedDays"/>; 0 where the meal is not served.</summary>
    public int Days { get; private set; }
    public TimeOnly From { get; private set; }

    /// <summary>After <see cref="From"/> on the same day.</summary>
    public TimeOnly Until { get; private set; }

    /// <summary>How long before <see cref="From"/> ordering and cancelling end.</summary>
    public int CutOffMinutes { get; private set; }
    public int SlotMinutes { get; private set; }

    /// <summary>Orders of each slot, of all stalls of the canteen together.</summary>
    public int SlotCapacity { get; private set; }

    public void Set(int days, TimeOnly from, TimeOnly until, int cutOffMinutes, int slotMinutes, int slotCapacity) =>
        (Days, From, Until, CutOffMinutes, SlotMinutes, SlotCapacity) = (days, from, until, cutOffMinutes, slotMinutes, slotCapacity);

    public bool IsServedOn(DateOnly day) => ServedDays.Has(Days, day);

    public DateTimeOffset CutOff(DateOnly day, OfficeTime office) => office.At(day, From).AddMinutes(-CutOffMinutes);

    public DateTimeOffset End(DateOnly day, OfficeTime office) => office.At(day, Until);

    /// <summary>The beginnings of its slots.</summary>
    public IEnumerable<TimeOnly> Slots()
    {
        for (var at = From.ToTimeSpan(); at < Until.ToTimeSpan(); at += TimeSpan.FromMinutes(Math.Max(1, SlotMinutes))) yield return TimeOnly.FromTimeSpan(at);
    }

    public TimeOnly EndOf(TimeOnly slot) => slot.AddMinutes(SlotMinutes) is var end && (end > Until || end < slot) ? Until : end;
}
