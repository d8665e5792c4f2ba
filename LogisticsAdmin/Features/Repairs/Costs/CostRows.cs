using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>The uses recorded on a ticket, and what the current user may do with them.</summary>
public sealed record CostView(long TicketId, IReadOnlyList<UseRow> Lines, Money? Imported, bool MayRecord)
{
    public static readonly CostView None = new(0, [], null, false);

    public Money Parts => Counted.Where(l => l.Part is not null).Sum(l => l.Amount);
    public Money Labour => Counted.Where(l => l.Part is null).Sum(l => l.Amount);
    public TicketCost Cost => new() { TicketId = TicketId, ImportedFen = Imported?.Fen, UsedFen = (Parts + Labour).Fen };

    private IEnumerable<UseRow> Counted => Lines.Where(l => l.WithdrawnAt is null);
}

public sealed record UseRow(
    long Id, string? Code, LocalName? Part, LocalName? Unit, decimal? Quantity, int? Minutes, decimal UnitPrice, Money Amount,
    string Person, DateTimeOffset At, DateTimeOffset? WithdrawnAt, string? WithdrawnBy, bool MayWithdraw);

/// <summary>A part to choose, with its current price.</summary>
public sealed record PartChoice(long Id, string Code, LocalName Name, LocalName Unit, decimal Price)
{
    public override string ToString() => $"{Code} {Name} ({Unit})";
}

/// <summary>Filter, order and page of the parts list.</summary>
public sealed record PartFilter
{
    public const int PageSize = 25;

    /// <summary>Part of a code or of a name in either language.</summary>
    public string? Text { get; init; }
    public PartState? State { get; init; } = PartState.Current;
    public PartSort Sort { get; init; } = PartSort.Code;
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Reads the filter and the number of the page from the page's address.</summary>
    public static PartFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("state"), Of("sort"), int.TryParse(Of("page"), CultureInfo.InvariantCulture, out var page) && page > 1 ? page : 1);

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static PartFilter Parse(string? text, string? state, string? sort, int page = 1) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text,
        State = state is null ? PartState.Current : Enum.TryParse<PartState>(state, out var known) ? known : null,
        Sort = Enum.TryParse<PartSort>(sort?.TrimStart('-'), out var column) ? column : PartSort.Code,
        Descending = sort?.StartsWith('-') == true,
        Skip = (page - 1) * PageSize,
    };
}

public sealed record PartRow(
    long Id, long Version, string Code, LocalName Name, LocalName Unit, decimal Price, DateTimeOffset PricedAt, DateTimeOffset? RetiredAt)
{
    public PartState State => RetiredAt is null ? PartState.Current : PartState.Retired;
}

public sealed record PartWindow(IReadOnlyList<PartRow> Items, int Total)
{
    public static readonly PartWindow Empty = new([], 0);
}

public sealed record PriceRow(decimal Price, DateTimeOffset From, DateTimeOffset? Until, string? SetBy);

/// <summary>A crew and its current hourly rate; null if none was set.</summary>
public sealed record RateRow(long CrewId, LocalName Crew, long? RateId, decimal? PricePerHour, DateTimeOffset? From);
