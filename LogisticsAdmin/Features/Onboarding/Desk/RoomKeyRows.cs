using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>A key in the list: whose room it opens, who got it, and when it came back.</summary>
public sealed record RoomKeyRow(long Id, string Label, LocalName Building, string Room, long PersonId, string Person, string? Number)
{
    public string? ClassName { get; init; }
    public DateTimeOffset HandedAt { get; init; }
    public string? HandedBy { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public string? ReturnedBy { get; init; }

    public RoomKeyState State => ReturnedAt is null ? RoomKeyState.Out : RoomKeyState.Returned;

    public string Place => $"{Building} {Room}";
}

/// <summary>A page of keys.</summary>
public sealed record RoomKeyWindow(IReadOnlyList<RoomKeyRow> Items, int Total);

/// <summary>Filter, order and page of keys. Unless told otherwise these are the ones that are out.</summary>
public sealed record RoomKeyFilter
{
    public const int PageSize = 30;

    /// <summary>In addresses: keys that are out and those that came back.</summary>
    public const string AnyState = "All";

    /// <summary>Part of a label, of a person's name or number, or a room.</summary>
    public string? Text { get; init; }

    /// <summary>Null for all keys.</summary>
    public RoomKeyState? State { get; init; } = RoomKeyState.Out;
    public RoomKeySort Sort { get; init; } = RoomKeySort.HandedAt;
    public bool Descending { get; init; } = true;
    public int Page { get; init; } = 1;

    public static RoomKeyFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("state"), Of("sort"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the values of an address and ignores those that it does not know.</summary>
    public static RoomKeyFilter Parse(string? text, string? state, string? sort, string? page = null) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = state == AnyState ? null : Enum.TryParse<RoomKeyState>(state, out var known) && Enum.IsDefined(known) ? known : RoomKeyState.Out,
        Sort = Enum.TryParse<RoomKeySort>(sort?.TrimStart('-'), out var order) && Enum.IsDefined(order) ? order : RoomKeySort.HandedAt,
        Descending = sort is null || sort.StartsWith('-'),
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 100_000 ? number : 1,
    };
}
