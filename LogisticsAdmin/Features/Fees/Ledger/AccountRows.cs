using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>Filter, order and page of the list of accounts.</summary>
public sealed record AccountFilter
{
    public const int PageSize = 50;

    private const int MaxText = 100;

    /// <summary>Words of a building and room, or a person's name or number.</summary>
    public string? Text { get; init; }

    /// <summary>Null for rooms and people.</summary>
    public LedgerAccountKind? Kind { get; init; }
    public AccountState? State { get; init; }
    public AccountSort Sort { get; init; } = AccountSort.Owner;
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Reads the filter and the number of the page from the page's address.</summary>
    public static AccountFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("kind"), Of("state"), Of("sort"),
            int.TryParse(Of("page"), CultureInfo.InvariantCulture, out var page) && page is > 1 and < 1_000_000 ? page : 1);

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static AccountFilter Parse(string? text, string? kind, string? state, string? sort, int page = 1) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text.Length > MaxText ? text[..MaxText] : text,
        Kind = Known<LedgerAccountKind>(kind),
        State = Known<AccountState>(state),
        Sort = Known<AccountSort>(sort?.TrimStart('-')) ?? AccountSort.Owner,
        Descending = sort?.StartsWith('-') == true,
        Skip = (page - 1) * PageSize,
    };

    private static T? Known<T>(string? typed) where T : struct, Enum =>
        Enum.TryParse<T>(typed, out var value) && Enum.IsDefined(value) ? value : null;
}

/// <summary>An account and whose it is.</summary>
public sealed record AccountRow
{
    public required long Id { get; init; }
    public required LedgerAccountKind Kind { get; init; }
    public required string Key { get; init; }
    public long? RoomId { get; init; }
    public LocalName? Building { get; init; }
    public LocalName? Room { get; init; }
    public long? PersonId { get; init; }
    public string? Person { get; init; }
    public string? PersonNumber { get; init; }
    public LocalName? FeeKind { get; init; }
    public required Money Balance { get; init; }
    public required int Entries { get; init; }
    public DateTimeOffset? LastEntryAt { get; init; }

    /// <summary>What is particular to it: place, person, kind of fee or gateway; empty where its kind says it all.</summary>
    public string Owner => Room is not null ? $"{Building} {Room}" : Person ?? FeeKind?.ToString()
        ?? (Kind == LedgerAccountKind.Gateway ? Key.Split(':')[^1] : "");
}

public sealed record AccountWindow(IReadOnlyList<AccountRow> Items, int Total)
{
    public static readonly AccountWindow Empty = new([], 0);
}

/// <summary>One entry of an account with the transaction that it belongs to.</summary>
public sealed record StatementRow(
    long Id, DateTimeOffset At, TransactionKind Kind, string Reference, string Text, Money Amount, Money Balance, string? By, string? ApprovedBy)
{
    /// <summary>The number of the bill, or of the payment in cash; null for others.</summary>
    public string? Number =>
        Kind is TransactionKind.Bill || Reference.StartsWith("cash:", StringComparison.Ordinal) ? Reference[(Reference.IndexOf(':') + 1)..] : null;
}
