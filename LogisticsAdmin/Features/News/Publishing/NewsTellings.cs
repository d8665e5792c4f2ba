using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.News.Publishing;

public static class NewsTellings
{
    /// <summary>Within the write that publishes: everybody addressed will be told.</summary>
    public static void TellAll(this LogisticsDb db, NewsItem item) =>
        db.NewsTellings.Add(new NewsTelling(item, (int)(item.IsUrgent ? NewsNotification.Urgent : NewsNotification.Published)));
}
