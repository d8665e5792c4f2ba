namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>What became of a reading: stored under an id, or not stored because of doubts that were not confirmed.</summary>
public sealed record ReadingAnswer(long? Id, IReadOnlyList<ReadingDoubt> Doubts)
{
    public bool IsStored => Id is not null;

    public static ReadingAnswer Stored(long id) => new(id, []);

    public static ReadingAnswer Asks(IReadOnlyList<ReadingDoubt> doubts) => new(null, doubts);
}
