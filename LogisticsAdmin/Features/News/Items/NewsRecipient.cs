namespace LogisticsAdmin.Features.News.Items;

/// <summary>
/// That a person was addressed, told, and has read or confirmed. Building and class are those of the moment at which the row was made, so that
/// the proof stays as it was.
/// </summary>
public sealed class NewsRecipient
{
    private NewsRecipient() { }

    public NewsRecipient(long itemId, long personId, long? buildingId, string? className) =>
        (ItemId, PersonId, BuildingId, ClassName) = (itemId, personId, buildingId, className);

    public long ItemId { get; private set; }
    public long PersonId { get; private set; }
    public long? BuildingId { get; private set; }
    public string? ClassName { get; private set; }

    /// <summary>When a message was put into their inbox; null for those who joined the audience later and found it themselves.</summary>
    public DateTimeOffset? ToldAt { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public DateTimeOffset? RemindedAt { get; private set; }

    public void Tell(DateTimeOffset at) => ToldAt ??= at;

    public void Read(DateTimeOffset at) => ReadAt ??= at;

    public void Confirm(DateTimeOffset at)
    {
        Read(at);
        ConfirmedAt ??= at;
    }

    public void Remind(DateTimeOffset at) => RemindedAt = at;
}
