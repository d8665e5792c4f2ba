namespace LogisticsAdmin.Features.News.Items;

/// <summary>A picture or attachment that was uploaded for an item. The bytes are stored in Media under <see cref="Key"/>.</summary>
public sealed class NewsFile
{
    private NewsFile() { }

    public NewsFile(long itemId, Guid key, string name, long length, bool isPicture, long? byId, DateTimeOffset at) =>
        (ItemId, Key, Name, Length, IsPicture, UploadedById, UploadedAt) = (itemId, key, name, length, isPicture, byId, at);

    public long Id { get; private set; }
    public long ItemId { get; private set; }
    public Guid Key { get; private set; }

    /// <summary>As it was called where it came from, without a path.</summary>
    public string Name { get; private set; } = "";

    /// <summary>In bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Shown in the text; other files are listed below it and only downloaded.</summary>
    public bool IsPicture { get; private set; }
    public long? UploadedById { get; private set; }
    public DateTimeOffset UploadedAt { get; private set; }

    /// <summary>Taken out of the item; kept as long as revisions may show it.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    public void Remove(DateTimeOffset at) => RemovedAt ??= at;

    public void Restore() => RemovedAt = null;
}
