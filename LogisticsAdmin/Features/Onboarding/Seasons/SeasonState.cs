namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>What a season lets people do.</summary>
public enum SeasonState
{
    /// <summary>准备中: only the office sees it.</summary>
    Draft = 1,

    /// <summary>进行中: students work through their steps, the desk checks in. One season at a time.</summary>
    Open = 2,

    /// <summary>已结束: nothing changes any more.</summary>
    Closed = 3,
}
