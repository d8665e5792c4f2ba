using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Proof;

/// <summary>What is looked for among the addressed people. Page counts from 1.</summary>
public sealed record ProofFilter
{
    public const int PageSize = 50;

    public ProofState State { get; init; }

    /// <summary>Part of a name, its pinyin or a number.</summary>
    public string? Text { get; init; }

    /// <summary>0: those without a building.</summary>
    public long? BuildingId { get; init; }

    /// <summary>Empty: those without a class.</summary>
    public string? ClassName { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>The query string of the page and its export.</summary>
    public string ToQuery() => QueryString.Create(new Dictionary<string, string?>
    {
        ["state"] = State == ProofState.All ? null : State.ToString(),
        ["q"] = string.IsNullOrWhiteSpace(Text) ? null : Text,
        ["building"] = BuildingId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["class"] = ClassName,
    }.Where(p => p.Value is not null)).ToString();

    public static ProofFilter Parse(string? state, string? text, long? building, string? className, int? page = null) => new()
    {
        State = Enum.TryParse<ProofState>(state, out var known) && Enum.IsDefined(known) ? known : ProofState.All,
        Text = text,
        BuildingId = building,
        ClassName = className,
        Page = Math.Max(1, page ?? 1),
    };
}

/// <summary>How many people, and how many of them have read and confirmed.</summary>
public sealed record ProofCount(int Addressed, int Read, int Confirmed)
{
    public int Unread => Addressed - Read;

    /// <summary>In whole percent, rounded down, so that 100 means all.</summary>
    public int ReadPercent => Addressed == 0 ? 0 : Read * 100 / Addressed;
    public int ConfirmedPercent => Addressed == 0 ? 0 : Confirmed * 100 / Addressed;
}

/// <summary>A building or a class; without a name those who live in none.</summary>
public sealed record ProofPart(long? BuildingId, string? ClassName, LocalName? Name, ProofCount Count);

/// <summary>
/// Where an item's readers stand. <paramref name="Waiting"/>: whom a reminder would reach now; <paramref name="RemindableAt"/>: when those of the
/// last reminder may be reminded again, null when now.
/// </summary>
public sealed record ProofView(
    long Id, string Number, LocalName Title, NewsState State, bool AsksForConfirmation, DateTimeOffset? ConfirmBefore, DateTimeOffset? PublishedAt,
    ProofCount All, IReadOnlyList<ProofPart> Buildings, IReadOnlyList<ProofPart> Classes, DateTimeOffset? RemindedAt, DateTimeOffset? RemindableAt,
    bool MayRemind, int Waiting);

/// <summary>One addressed person.</summary>
public sealed record ProofPerson(
    long PersonId, string Name, string? Number, LocalName? Building, string? Room, string? ClassName, DateTimeOffset? ToldAt, DateTimeOffset? ReadAt,
    DateTimeOffset? ConfirmedAt, DateTimeOffset? RemindedAt);
