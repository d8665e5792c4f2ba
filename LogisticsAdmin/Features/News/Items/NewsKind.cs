namespace LogisticsAdmin.Features.News.Items;

/// <summary>What a column publishes.</summary>
public enum NewsKind
{
    /// <summary>通知公告: something that those addressed should know or do.</summary>
    Notice = 1,

    /// <summary>后勤新闻.</summary>
    News = 2,
}
