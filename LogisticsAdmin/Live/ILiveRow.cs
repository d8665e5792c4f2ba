namespace LogisticsAdmin.Live;

/// <summary>A row of a live list: the id of its entity, and the entity's version when it was read.</summary>
public interface ILiveRow
{
    long Id { get; }
    long Version { get; }
}
