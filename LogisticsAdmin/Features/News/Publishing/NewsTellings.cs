using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Outbox;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Within the write that withdraws: all messages about the item will be read.</summary>
    public static async Task TakeBackAllAsync(this LogisticsDb db, NewsItem item, CancellationToken ct)
    {
        if (await db.NewsTellings.SingleOrDefaultAsync(t => t.ItemId == item.Id, ct) is not { } telling)
            db.NewsTellings.Add(telling = new NewsTelling(item, (int)NewsNotification.Published));
        telling.TakeBack();
    }
}
