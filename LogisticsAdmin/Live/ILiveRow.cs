namespace LogisticsAdmin.Live;

/// <summary>A row of a live list: which entity it shows, and the entity's version it was read at.</summary>
public interface ILiveRow
{
    long Id { get; }
    long Version { get; }
}
