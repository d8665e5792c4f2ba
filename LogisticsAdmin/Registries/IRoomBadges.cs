using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>Open matters of rooms that a slice brings to the grid and the list of rooms: open tickets. The office may see them all.</summary>
public interface IRoomBadges
{
    /// <summary>What they are called in a choice, such as 在办报修.</summary>
    LocalName Name { get; }

    /// <summary>The state of a room that has some, in two or three words, such as 报修中.</summary>
    LocalName State { get; }

    /// <summary>How many, in words: 3 张在办报修单.</summary>
    LocalName Counted(int count);

    /// <summary>The number by room, of rooms that have any: of one building, or of all when it is null.</summary>
    Task<IReadOnlyDictionary<long, int>> CountAsync(LogisticsDb db, long? buildingId, CancellationToken ct);

    /// <summary>The buildings whose numbers a change of the feed may alter; empty for most changes.</summary>
    IEnumerable<long> BuildingsOf(Change change);
}
