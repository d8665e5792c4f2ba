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

    /// <summary>Taken out of the item; the file itself is deleted some time later.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>What happens to an attachment of a published item with its next correction; null where nothing is pending.</summary>
    public PendingFileChange? Pending { get; private set; }

    public void Remove(DateTimeOffset at) => (RemovedAt, Pending) = (RemovedAt ?? at, null);

    /// <summary>Readers get it with the next correction.</summary>
    public void AddLater() => Pending = PendingFileChange.Add;

    /// <summary>Readers keep it until the next correction.</summary>
    public void RemoveLater() => Pending = PendingFileChange.Remove;

    /// <summary>The correction is published.</summary>
    public void Correct(DateTimeOffset at)
    {
        if (Pending == PendingFileChange.Remove) Remove(at);
        Pending = null;
    }

    /// <summary>The correction is given up.</summary>
    public void DropPending(DateTimeOffset at)
    {
        if (Pending == PendingFileChange.Add) Remove(at);
        Pending = null;
    }
}
