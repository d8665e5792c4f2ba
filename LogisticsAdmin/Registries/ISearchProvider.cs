using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>Finds one kind of things for the search box in the top bar, by what the reader may see.</summary>
public interface ISearchProvider
{
    /// <summary>The place among the other kinds, the lowest first.</summary>
    int Order { get; }

    /// <summary>What a hit is, in one English word; hits carry their key in the attribute data-{kind}.</summary>
    string Kind { get; }

    /// <summary>Describes what can be typed, as a hint in the empty box.</summary>
    IReadOnlyList<LocalName> SearchedBy { get; }

    /// <summary>How many hits are shown at most.</summary>
    int MaxHits { get; }

    /// <summary>How many are shown at most when the reader searches other kinds too.</summary>
    int MaxHitsBesideOthers { get; }

    bool IsFor(Actor actor);

    Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default);
}
