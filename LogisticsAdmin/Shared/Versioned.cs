namespace LogisticsAdmin.Shared;

/// <summary>What every stored thing has: an id, and a version that grows by one with each save and guards against lost updates.</summary>
public abstract class Versioned
{
    public long Id { get; private set; }
    public long Version { get; private set; }
}
