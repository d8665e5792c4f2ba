using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A section of a room's page: its tickets, what they cost, later meters and notices. Sections are shown by their order.</summary>
public interface IRoomSection
{
    /// <summary>The place on the page, the lowest first.</summary>
    int Order { get; }

    LocalName Title { get; }

    /// <summary>What the page says when there is nothing; null leaves the section out then.</summary>
    LocalName? EmptyText { get; }

    /// <summary>How many lines there are, and the newest <paramref name="take"/> of them. Null when the reader may not see them.</summary>
    Task<PageSection?> ReadAsync(long roomId, int take, CancellationToken ct);
}
