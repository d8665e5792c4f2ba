namespace LogisticsAdmin.Features.News.Writing;

/// <summary>What the office's list is ordered by.</summary>
public enum NewsSort
{
    Number = 1,
    Title = 2,
    Publish = 3,
    Expiry = 4,
}
