using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>A round in the list, with how many of its people have left.</summary>
public sealed record LeavingRoundRow(
    long Id, LocalName Name, DateOnly FirstDay, DateOnly LastDay, DateTimeOffset? ClosedAt, IReadOnlyList<string> Classes, int People, int Left)
{
    public long Version { get; init; }
    public bool IsOpen => ClosedAt is null;
}

/// <summary>Somebody who leaves, and where they live, or lived until they left.</summary>
public sealed record LeaverRow(long Id, long PersonId, string Name, string? Number, string ClassName, LocalName? Building, string? Room, string? Bed)
{
    public DateTimeOffset? InspectedAt { get; init; }
    public string? InspectedBy { get; init; }

    /// <summary>Whether the room where they live now was inspected, or that where they lived until they left.</summary>
    public bool IsInspected { get; init; }

    /// <summary>The room that was inspected; null for none, and for inspections from before it was recorded.</summary>
    public LocalName? InspectedBuilding { get; init; }
    public string? InspectedRoom { get; init; }
    public string? Damage { get; init; }
    public long DamageFen { get; init; }
    public DateTimeOffset? DamagePaidAt { get; init; }
    public DateTimeOffset? CheckedOutAt { get; init; }
    public long Version { get; init; }

    /// <summary>Where they live now; null when they don't live in a room any more.</summary>
    public long? RoomId { get; init; }
    public string? PaymentNumber { get; init; }

    /// <summary>The keys that they have.</summary>
    public IReadOnlyList<HeldKey> Keys { get; init; } = [];

    /// <summary>What else holds them up: debts, orders.</summary>
    public IReadOnlyList<CheckOutHold> Holds { get; init; } = [];

    public Money DamageAmount => new(DamageFen);

    public string? Place => Room is null ? null : $"{Building} {Room}{(Bed is null ? "" : $"-{Bed}")}";

    /// <summary>Another room was inspected than that where they live now: that one, in words.</summary>
    public string? InspectedElsewhere => IsInspected || InspectedRoom is null ? null : $"{InspectedBuilding} {InspectedRoom}";

    /// <summary>Whether it can be said what was found: not once the damage of the room where they live is paid.</summary>
    public bool MayInspect => State != LeaverState.Left && (DamagePaidAt is null || !IsInspected);

    public LeaverState State => CheckedOutAt is not null || RoomId is null ? LeaverState.Left
        : DamageFen > 0 && DamagePaidAt is null ? LeaverState.OwesDamage
        : IsInspected ? LeaverState.Inspected
        : LeaverState.ToInspect;

    /// <summary>Nothing holds them up any more.</summary>
    public bool IsSettled => State == LeaverState.Inspected && Keys.Count == 0 && Holds.Count == 0;
}

/// <summary>A key that somebody has.</summary>
public sealed record HeldKey(long Id, string Label);

/// <summary>A page of those who leave in a round.</summary>
public sealed record LeaverWindow(IReadOnlyList<LeaverRow> Items, int Total);

/// <summary>How many are in each state.</summary>
public sealed record LeaverCounts(IReadOnlyDictionary<LeaverState, int> ByState)
{
    public int Of(LeaverState state) => ByState.GetValueOrDefault(state);
}

/// <summary>Filter, order and page of those who leave in a round.</summary>
public sealed record LeaverFilter
{
    public const int PageSize = 30;

    /// <summary>Part of a name or number, or a room.</summary>
    public string? Text { get; init; }
    public string? ClassName { get; init; }
    public LeaverState? State { get; init; }
    public LeaverSort Sort { get; init; } = LeaverSort.Class;
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    public static LeaverFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("class"), Of("state"), Of("sort"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Reads the values of an address and ignores those that it does not know.</summary>
    public static LeaverFilter Parse(string? text, string? className, string? state, string? sort = null, string? page = null) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        ClassName = string.IsNullOrWhiteSpace(className) ? null : className,
        State = Enum.TryParse<LeaverState>(state, out var known) && Enum.IsDefined(known) ? known : null,
        Sort = Enum.TryParse<LeaverSort>(sort?.TrimStart('-'), out var order) && Enum.IsDefined(order) ? order : LeaverSort.Class,
        Descending = sort?.StartsWith('-') == true,
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 1 and < 100_000 ? number : 1,
    };
}

/// <summary>Somebody who was not checked out, and what holds them up, or why it was refused.</summary>
public sealed record HeldLeaver(long LeaverId, string Name, IReadOnlyList<CheckOutHold> Holds)
{
    /// <summary>Null when it is <see cref="Holds"/>, or when the batch failed unexpectedly.</summary>
    public Refusal? Why { get; init; }
}

/// <summary>Progress: how many of all are done.</summary>
public readonly record struct LeavingProgress(int Done, int Held, int Total);

/// <summary>Those who were checked out, those who were not, and how many were left when it was cancelled.</summary>
public sealed record LeavingResult(IReadOnlyList<long> Done, IReadOnlyList<HeldLeaver> Held, int Remaining);

/// <summary>A resident's own leaving: what is settled and what is open.</summary>
public sealed record MyLeaving(LocalName Round, DateOnly FirstDay, DateOnly LastDay, LeaverRow Row);
