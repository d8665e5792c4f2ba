using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.People;

public enum PersonState
{
    Active = 1,
    Disabled = 2,
}

public enum PeopleSort
{
    FullName = 1,
    UserName = 2,
    Number = 3,
}

/// <summary>Which people, in which order, and which window of them.</summary>
public sealed record PeopleFilter
{
    public const int MostTaken = 200;

    /// <summary>Part of a name, user name, number or phone.</summary>
    public string? Text { get; init; }
    public Role? Role { get; init; }
    public PersonState? State { get; init; } = PersonState.Active;
    public PeopleSort Sort { get; init; } = PeopleSort.FullName;
    public bool Descending { get; init; }
    public int Skip { get; init; }
    public int Take { get; init; } = 25;
}

/// <summary>One person as administrators see them in the list.</summary>
public sealed record PersonRow(
    long Id, long Version, string UserName, string FullName, string? Number, string? Phone, string? Email, IReadOnlyList<Role> Roles,
    long? BuildingId, long? RoomId, long? CrewId, LocalName? Crew, DateTimeOffset? RetiredAt, string? RetiredBecause, bool HasPassword)
{
    public PersonState State => RetiredAt is null ? PersonState.Active : PersonState.Disabled;
}

/// <summary>A window of the list and how many there are in all.</summary>
public sealed record PeopleWindow(IReadOnlyList<PersonRow> Items, int Total);

/// <summary>A one-time code, shown this once: only its hash is stored.</summary>
public sealed record Slip(long PersonId, string FullName, string UserName, string Code, DateTimeOffset Expires);
