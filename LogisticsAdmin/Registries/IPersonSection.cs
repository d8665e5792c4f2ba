using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A section of a person's page: tickets they reported, fees they owe, messages they read. Sections are shown in the order of registration.</summary>
public interface IPersonSection
{
    LocalName Title { get; }

    /// <summary>What the page says when there is nothing; null leaves the section out then.</summary>
    LocalName? EmptyText { get; }

    /// <summary>How many lines there are, and the newest <paramref name="take"/> of them. Null when the reader may not see them.</summary>
    Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct);
}
