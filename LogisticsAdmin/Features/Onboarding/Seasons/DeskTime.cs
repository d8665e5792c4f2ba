using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>报到时段: when the desk is open, and how many students it serves then.</summary>
public sealed class DeskTime : Versioned, IAudited
{
    private DeskTime() { }

    public DeskTime(long seasonId, DateOnly day, TimeOnly from, TimeOnly until, int capacity)
    {
        SeasonId = seasonId;
        Set(day, from, until, capacity);
    }

    public long SeasonId { get; private set; }
    public DateOnly Day { get; private set; }
    public TimeOnly From { get; private set; }
    public TimeOnly Until { get; private set; }
    public int Capacity { get; private set; }

    public void Set(DateOnly day, TimeOnly from, TimeOnly until, int capacity) => (Day, From, Until, Capacity) = (day, from, until, capacity);
}
