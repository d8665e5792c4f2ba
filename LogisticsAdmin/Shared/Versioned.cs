namespace LogisticsAdmin.Shared;

/// <summary>Base of every stored object: an id, and a version that grows by one with each save and prevents lost updates.</summary>
public abstract class Versioned
{
    public long Id { get; private set; }
    public long Version { get; private set; }
}
