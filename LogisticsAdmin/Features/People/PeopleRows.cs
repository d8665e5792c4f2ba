using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.People;

/// <summary>Filter, order and window of the list.</summary>
public sealed record PeopleFilter
{
    public const int MaxTaken = 200;

    /// <summary>The maximum number of people in one bulk action.</summary>
    public const int MaxChosen = 20_000;

    public const PeopleColumns UsualColumns = PeopleColumns.Number | PeopleColumns.Roles | PeopleColumns.Class | PeopleColumns.Home | PeopleColumns.Phone;

    /// <summary>
    /// Matches a name, its pinyin or initials, a number, a phone or its last digits, a class, a room or its building. All typed words must
    /// match.
    /// </summary>
    public string? Text { get; init; }
    public Role? Role { get; init; }

    /// <summary>Null: everybody who is not deleted.</summary>
    public PersonState? State { get; init; }
    public long? BuildingId { get; init; }
    public string? ClassName { get; init; }
    public int? Grade { get; init; }
    public PeopleSort Sort { get; init; } = PeopleSort.Name;
    public bool Descending { get; init; }
    public int Skip { get; init; }
    public int Take { get; init; } = 25;

    /// <summary>Whether anything besides the order is set.</summary>
    public bool Narrows => this with { Sort = PeopleSort.Name, Descending = false, Skip = 0, Take = 25 } != new PeopleFilter();

    /// <summary>Reads the query string of the page's address; unknown values are ignored.</summary>
    public static PeopleFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? address[at..] : "");
        var sort = Of("sort");
        return new PeopleFilter
        {
            Text = Of("q"),
            Role = Member<Role>(Of("role")),
            State = Member<PersonState>(Of("state")),
            BuildingId = TypedId.Parse(Of("building")),
            ClassName = Of("class"),
            Grade = int.TryParse(Of("grade"), NumberStyles.None, CultureInfo.InvariantCulture, out var grade) ? grade : null,
            Sort = Member<PeopleSort>(sort?.TrimStart('-')) ?? PeopleSort.Name,
            Descending = sort?.StartsWith('-') == true,
        };

        string? Of(string name) => query.TryGetValue(name, out var values) && values.ToString().Trim() is { Length: > 0 } value ? value : null;

        static T? Member<T>(string? typed) where T : struct, Enum => Enum.TryParse<T>(typed, out var member) && Enum.IsDefined(member) ? member : null;
    }

    /// <summary>The query string of filter and order, with the question mark; empty when nothing is set.</summary>
    public string Query => QueryHelpers.AddQueryString("", new Dictionary<string, string?>
    {
        ["q"] = Text,
        ["role"] = Role?.ToString(),
        ["state"] = State?.ToString(),
        ["building"] = BuildingId?.ToString(CultureInfo.InvariantCulture),
        ["class"] = ClassName,
        ["grade"] = Grade?.ToString(CultureInfo.InvariantCulture),
        ["sort"] = Sort == PeopleSort.Name && !Descending ? null : $"{(Descending ? "-" : "")}{Sort}",
    });
}

/// <summary>One person as administrators see them in the list.</summary>
public sealed record PersonRow
{
    public required long Id { get; init; }
    public required long Version { get; init; }
    public required string UserName { get; init; }
    public required string FullName { get; init; }
    public string? Number { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>The person entered the e-mail themselves, and nobody has confirmed it: they can't sign in with it.</summary>
    public bool IsEmailUnconfirmed { get; init; }
    public IReadOnlyList<Role> Roles { get; init; } = [];
    public PersonStatus Status { get; init; }
    public Gender Gender { get; init; }
    public string? College { get; init; }
    public string? Major { get; init; }
    public string? ClassName { get; init; }
    public int? Grade { get; init; }
    public long? BuildingId { get; init; }
    public LocalName? Building { get; init; }
    public long? RoomId { get; init; }
    public LocalName? Room { get; init; }
    public long? BedId { get; init; }
    public string? Bed { get; init; }
    public long? CrewId { get; init; }
    public LocalName? Crew { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>When the person's data was removed for good.</summary>
    public DateTimeOffset? AnonymisedAt { get; init; }

    /// <summary>Why they are disabled or deleted.</summary>
    public string? Because { get; init; }
    public bool HasPassword { get; init; }

    /// <summary>The last change in the audit trail.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    public PersonState State => RetiredAt is null ? (PersonState)Status : PersonState.Deleted;
    public bool MaySignIn => State is PersonState.Expected or PersonState.Active;

    /// <summary>Building, room and bed in one line.</summary>
    public string? Home => Room is null ? null : $"{Building} {Room}{(Bed is null ? null : $"-{Bed}")}";
}

/// <summary>A window of the list, and the total number of matches.</summary>
public sealed record PeopleWindow(IReadOnlyList<PersonRow> Items, int Total);

/// <summary>The choices of the filters.</summary>
public sealed record PeopleChoices(IReadOnlyList<(long Id, LocalName Name)> Buildings, IReadOnlyList<int> Grades, IReadOnlyList<string> Classes)
{
    public static readonly PeopleChoices Empty = new([], [], []);
}

/// <summary>A search result of the search box.</summary>
public sealed record PersonHit(long Id, string FullName, string? Number, string? ClassName, LocalName? Building, LocalName? Room);

/// <summary>A bed that may be chosen.</summary>
public sealed record BedChoice(long Id, string Code);

/// <summary>An occupancy; without an end it is the current one.</summary>
public sealed record StayRow(LocalName Building, LocalName Room, string? Bed, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A person with occupancies and sign-ins, the latest first.</summary>
public sealed record PersonDetail(PersonRow Row, IReadOnlyList<StayRow> Stays, IReadOnlyList<SignInRecord> SignIns, DateTimeOffset? PictureAt);

/// <summary>A section of a person's page under its title.</summary>
public sealed record TitledSection(LocalName Title, LocalName? EmptyText, PageSection Section);

/// <summary>A one-time code. It can be shown only now: what is stored is its hash.</summary>
public sealed record IssuedCode(long PersonId, string FullName, string UserName, string Code, DateTimeOffset Expires);
