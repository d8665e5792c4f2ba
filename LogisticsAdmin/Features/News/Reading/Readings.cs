namespace LogisticsAdmin.Features.News.Reading;

/// <summary>The items that one person has read, with the moment of the last reading that is known, and those that they confirmed. Never changes.</summary>
internal sealed record Readings(IReadOnlyDictionary<long, DateTimeOffset> Read, IReadOnlySet<long> Confirmed)
{
    // Messages are written after the change that they tell of; those of people who were faster must not stay unread.
    private static readonly TimeSpan Telling = TimeSpan.FromMinutes(10);

    public bool Has(long item) => Read.ContainsKey(item);

    /// <summary>Whether it was read as it is now, and late enough that whatever tells of it had been written.</summary>
    public bool IsSettled(BoardItem item) => Read.TryGetValue(item.Id, out var at) && at > item.ChangedAt + Telling;

    public Readings With(long item, DateTimeOffset at, bool isConfirmed)
    {
        var isLater = !Read.TryGetValue(item, out var known) || known < at;
        var isNew = isConfirmed && !Confirmed.Contains(item);
        if (!isLater && !isNew) return this;
        return new Readings(
            isLater ? new Dictionary<long, DateTimeOffset>(Read) { [item] = at } : Read,
            isNew ? new HashSet<long>(Confirmed) { item } : Confirmed);
    }
}
