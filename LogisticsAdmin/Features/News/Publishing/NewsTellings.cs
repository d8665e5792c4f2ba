using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Outbox;

namespace LogisticsAdmin.Features.News.Publishing;

public static class NewsTellings
{
    /// <summary>Within the write that publishes: everybody addressed will be told, and of an urgent notice the groups with a robot.</summary>
    public static void TellAll(this LogisticsDb db, NewsItem item, DateTimeOffset now)
    {
        var kind = (int)(item.IsUrgent ? NewsNotification.Urgent : NewsNotification.Published);
        db.NewsTellings.Add(new NewsTelling(item, kind));
        if (item.IsUrgent) db.Outbox.Add(OutboxMessage.ForGroups(kind, item.Number, now));
    }
}
