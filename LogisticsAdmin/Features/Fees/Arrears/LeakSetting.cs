using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Whether a leak that is not repaired in time earns its room a credit, for which tickets, and how much a day. Off until it is turned on.</summary>
public sealed class LeakSetting : Versioned, IAudited
{
    public bool IsOn { get; private set; }

    /// <summary>The category of repairs that are leaks, or a group of categories.</summary>
    public long? CategoryId { get; private set; }
    public long DailyFen { get; private set; }

    /// <summary>No day before it earns anything: the day on which the rule was turned on.</summary>
    public DateOnly Since { get; private set; }

    public void Set(bool isOn, long? categoryId, long dailyFen, DateOnly today)
    {
        if (isOn && !IsOn) Since = today;
        (IsOn, CategoryId, DailyFen) = (isOn, categoryId, dailyFen);
    }

    /// <summary>As it was before a change that is undone.</summary>
    public void Return(bool isOn, long? categoryId, long dailyFen, DateOnly since) =>
        (IsOn, CategoryId, DailyFen, Since) = (isOn, categoryId, dailyFen, since);
}
