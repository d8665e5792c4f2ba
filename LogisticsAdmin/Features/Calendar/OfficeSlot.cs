using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>作息: a period of a weekday in which the office works. A lunch break is the gap between two slots.</summary>
public sealed class OfficeSlot : Versioned, IAudited
{
    private OfficeSlot() { }

    public OfficeSlot(Season season, DayOfWeek dayOfWeek, TimeOnly from, TimeOnly to)
    {
        if (EndOf(to) <= from.Ticks) throw new ArgumentException("A slot ends after it begins.", nameof(to));
        (Season, DayOfWeek, From, To) = (season, dayOfWeek, from, to);
    }

    public Season Season { get; private set; }
    public DayOfWeek DayOfWeek { get; private set; }
    public TimeOnly From { get; private set; }

    /// <summary>The end, exclusive; 00:00 is the midnight at the end of the day.</summary>
    public TimeOnly To { get; private set; }

    /// <summary>The end of a slot in ticks since the start of the day.</summary>
    public static long EndOf(TimeOnly to) => to == TimeOnly.MinValue ? TimeSpan.TicksPerDay : to.Ticks;
}
