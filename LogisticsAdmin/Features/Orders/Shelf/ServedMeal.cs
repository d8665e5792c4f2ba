using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>A meal that a canteen serves: on which days, from when until when, until when one can order, and how many orders a slot takes.</summary>
public sealed class ServedMeal : Versioned, IAudited
{
    /// <summary>How long orders wait after the end of their meal.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

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

    /// <summary>The end of a slot, also of one that the meal no longer has.</summary>
    public TimeOnly EndOf(TimeOnly slot)
    {
        var end = slot.AddMinutes(SlotMinutes);
        if (end < slot) end = TimeOnly.MaxValue;
        return slot < Until && end > Until ? Until : end;
    }

    /// <summary>Until when an order of this slot waits to be picked up, also when the times of the meal were changed after it was placed.</summary>
    public DateTimeOffset WaitsUntil(DateOnly day, TimeOnly slot, OfficeTime office)
    {
        var (meal, ofSlot) = (End(day, office), office.At(day, EndOf(slot)));
        return (meal > ofSlot ? meal : ofSlot) + Grace;
    }
}
