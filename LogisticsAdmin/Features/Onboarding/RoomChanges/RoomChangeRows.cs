using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>A bed in words.</summary>
public sealed record BedPlace(LocalName Building, string Room, string? Bed)
{
    public override string ToString() => $"{Building} {Room}{(Bed is null ? "" : $"-{Bed}")}";
}

/// <summary>A free bed that somebody can ask for.</summary>
public sealed record FreePlace(long BedId, BedPlace Place);

/// <summary>A request, for the office.</summary>
public sealed record RoomChangeRow(long Id, string Number, RoomChangeState State, long PersonId, string Person, string? PersonNumber, string Reason)
{
    public long? OtherId { get; init; }
    public string? Other { get; init; }
    public string? OtherNumber { get; init; }

    /// <summary>The free bed; null for a swap.</summary>
    public BedPlace? Bed { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? Because { get; init; }
    public IReadOnlyList<RoomChangeAnswer> Votes { get; init; } = [];

    /// <summary>The rooms whose people have to agree: where the person wants to live and, for a swap, where they live now.</summary>
    public long? TargetRoomId { get; init; }
    public long? OwnRoomId { get; init; }

    /// <summary>Where the two lived when it was asked.</summary>
    public BedPlace? From { get; init; }
    public BedPlace? OtherFrom { get; init; }

    public int Agreed => Votes.Count(v => v.Agrees == true);

    /// <summary>Whether nobody's answer is missing.</summary>
    public bool IsAgreed => State == RoomChangeState.Agreed || (State == RoomChangeState.Asked && Votes.All(v => v.Agrees == true || !v.IsWaitedFor));

    /// <summary>Where the person wants to live, and with whom they swap.</summary>
    public string Target => Bed is { } bed ? bed.ToString() : $"{Other} {OtherNumber} {OtherFrom}".Trim();
}

/// <summary>What somebody who was asked says. Who moved out or can't sign in any more is not waited for.</summary>
public sealed record RoomChangeAnswer(long PersonId, string Name, bool? Agrees, DateTimeOffset? At)
{
    public bool IsWaitedFor { get; init; }
}

/// <summary>A page of requests, and how many there are in each state.</summary>
public sealed record RoomChangeWindow(IReadOnlyList<RoomChangeRow> Items, int Total, IReadOnlyDictionary<RoomChangeState, int> ByState);

/// <summary>Filter, order and page of requests.</summary>
public sealed record RoomChangeFilter
{
    public const int PageSize = 30;

    /// <summary>The beginning of a request's number, or part of a person's name or number.</summary>
    public string? Text { get; init; }
    public RoomChangeState? State { get; init; }
    public RoomChangeSort Sort { get; init; } = RoomChangeSort.AskedAt;
    public bool Descending { get; init; } = true;
    public int Page { get; init; } = 1;

    public static RoomChangeFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("state"), Of("sort"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the values of an address and ignores those that it does not know.</summary>
    public static RoomChangeFilter Parse(string? text, string? state, string? sort, string? page = null) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = Enum.TryParse<RoomChangeState>(state, out var known) && Enum.IsDefined(known) ? known : null,
        Sort = Enum.TryParse<RoomChangeSort>(sort?.TrimStart('-'), out var order) && Enum.IsDefined(order) ? order : RoomChangeSort.AskedAt,
        Descending = sort is null || sort.StartsWith('-'),
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 100_000 ? number : 1,
    };
}

/// <summary>
/// A resident's own request. It counts those who were asked and names nobody: who lives in the other room is none of the person's business yet.
/// </summary>
public sealed record MyRoomChange(long Id, string Number, RoomChangeState State, string Reason, DateTimeOffset AskedAt)
{
    /// <summary>The number that the person typed; null for a free bed.</summary>
    public string? OtherNumber { get; init; }
    public BedPlace? Bed { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Because { get; init; }
    public int Asked { get; init; }
    public int Agreed { get; init; }

    public bool IsOpen => State is RoomChangeState.Asked or RoomChangeState.Agreed;
}

/// <summary>A request that waits for the reader's answer. <paramref name="Other"/> is with whom they swap; null for a bed in the reader's room.</summary>
public sealed record AskedRoomChange(long Id, string Number, string Person, string? Other, bool IsMe, string Reason, DateTimeOffset AskedAt);

/// <summary>A resident's own page: whether they live in a room, their latest request, and those that wait for their answer.</summary>
public sealed record MyRoomChanges(bool HasRoom, MyRoomChange? Mine, IReadOnlyList<AskedRoomChange> Asked);
