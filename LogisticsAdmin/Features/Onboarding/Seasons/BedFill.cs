namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>补配: the office gave beds to those who chose none, by the rules of <see cref="Seed"/>. It can be undone as a whole.</summary>
public sealed class BedFill
{
    private BedFill() { }

    public BedFill(long seasonId, long seed, long byId, DateTimeOffset at) => (SeasonId, Seed, ById, At) = (seasonId, seed, byId, at);

    public long Id { get; private set; }
    public long SeasonId { get; private set; }

    /// <summary>With the same seed and the same students and beds the result is the same.</summary>
    public long Seed { get; private set; }
    public int Count { get; private set; }
    public long ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public long? UndoneById { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    public void Counted(int count) => Count = count;

    public void Undo(long by, DateTimeOffset at) => (UndoneById, UndoneAt) = (by, at);
}
