namespace LogisticsAdmin.Features.News.Items;

/// <summary>
/// How far the messages to all those addressed by an item are written. Stored with each batch of messages, so that after a stop they go on where
/// they ended and nobody is told twice. Of a withdrawn item: whether its messages still have to be taken back.
/// </summary>
public sealed class NewsTelling
{
    private NewsTelling() { }

    public NewsTelling(NewsItem item, int messageKind) => (Item, MessageKind) = (item, messageKind);

    public long ItemId { get; private set; }
    public NewsItem Item { get; private set; } = null!;

    /// <summary>The id of the messages' <see cref="Registries.INotificationKind"/>.</summary>
    public int MessageKind { get; private set; }

    /// <summary>The last person, by id, whose message is written.</summary>
    public long Through { get; private set; }
    public bool IsDone { get; private set; }

    /// <summary>Everybody is told again, from the beginning.</summary>
    public void Restart(int messageKind) => (MessageKind, Through, IsDone) = (messageKind, 0, false);

    /// <summary>The item was withdrawn: what was told is to be taken back.</summary>
    public void TakeBack() => (Through, IsDone) = (0, false);

    public void Advance(long through, bool isLast) => (Through, IsDone) = (through, isLast);
}
