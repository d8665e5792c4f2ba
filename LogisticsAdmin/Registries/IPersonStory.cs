using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>
/// What a slice has to tell of one person: the tickets they reported, the fees they owe, the notices they read. A slice registers its own,
/// and the person's sheet shows what is registered and knows none of them.
/// </summary>
public interface IPersonStory
{
    LocalName Title { get; }

    /// <summary>What the sheet says when there is nothing; null leaves the whole section out then.</summary>
    LocalName? Nothing { get; }

    /// <summary>How many there are, and the newest <paramref name="take"/> of them. Null when the reader may not see these things.</summary>
    Task<PersonStory?> TellAsync(long personId, int take, CancellationToken ct);
}

/// <summary>What one slice tells; <paramref name="All"/> is where a person works with all of them, if there is such a page.</summary>
public sealed record PersonStory(int Total, IReadOnlyList<StoryLine> Lines, string? All = null);

/// <summary>One thing that concerned the person: when, its number, what it is about, how it stands, and where it is opened, if anywhere.</summary>
public sealed record StoryLine(DateTimeOffset At, string Number, string About, LocalName State, string? Address);
