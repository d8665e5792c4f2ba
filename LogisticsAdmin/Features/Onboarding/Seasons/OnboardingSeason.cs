using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>迎新批次: what the office opens for the students of one year who have not arrived yet.</summary>
public sealed class OnboardingSeason : Versioned, IAudited
{
    /// <summary>How long a bed is kept while a student decides.</summary>
    public static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(10);

    private OnboardingSeason() { }

    public OnboardingSeason(LocalName name, int grade, DateOnly firstDay, DateOnly lastDay) => Describe(name, grade, firstDay, lastDay, true);

    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";

    /// <summary>年级: the year in which the studies of its students begin.</summary>
    public int Grade { get; private set; }

    /// <summary>The first and the last day of arrival at the desk.</summary>
    public DateOnly FirstDay { get; private set; }
    public DateOnly LastDay { get; private set; }

    /// <summary>绿色通道: whether students may defer what they have to pay.</summary>
    public bool MayDefer { get; private set; }

    public SeasonState State { get; private set; } = SeasonState.Draft;
    public DateTimeOffset? OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    public void Describe(LocalName name, int grade, DateOnly firstDay, DateOnly lastDay, bool mayDefer)
    {
        (Name, NameEn) = (CleanText.Clean(name.Zh), CleanText.Clean(name.En));
        (Grade, FirstDay, LastDay, MayDefer) = (grade, firstDay, lastDay, mayDefer);
    }

    /// <summary>Opens it, or opens it again. The caller checks that no other season is open; a unique index enforces it.</summary>
    public void Open(DateTimeOffset at)
    {
        if (State == SeasonState.Open) throw Rejected.Because<SeasonsText>("IsOpen");
        (State, OpenedAt, ClosedAt) = (SeasonState.Open, OpenedAt ?? at, null);
    }

    public void Close(DateTimeOffset at)
    {
        if (State != SeasonState.Open) throw Rejected.Because<SeasonsText>("NotOpen");
        (State, ClosedAt) = (SeasonState.Closed, at);
    }
}
