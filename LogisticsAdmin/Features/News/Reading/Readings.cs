namespace LogisticsAdmin.Features.News.Reading;

/// <summary>The items that one person has read, and those that they confirmed. Never changes.</summary>
internal sealed record Readings(IReadOnlySet<long> Read, IReadOnlySet<long> Confirmed)
{
    public Readings With(long item, bool isConfirmed)
    {
        if (Read.Contains(item) && (!isConfirmed || Confirmed.Contains(item))) return this;
        return new Readings(new HashSet<long>(Read) { item }, isConfirmed ? new HashSet<long>(Confirmed) { item } : Confirmed);
    }
}
