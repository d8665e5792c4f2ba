namespace LogisticsAdmin.Features.News.Columns;

/// <summary>An action on a setting of notices and news that can be undone.</summary>
public enum NewsSettingAct
{
    Edit = 1,
    Retire = 2,
    Restore = 3,

    /// <summary>The right "may publish" was given.</summary>
    Grant = 4,

    /// <summary>The right was taken away.</summary>
    Revoke = 5,
}
