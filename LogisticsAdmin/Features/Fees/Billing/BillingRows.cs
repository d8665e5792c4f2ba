using System.Globalization;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>A kind of fee to choose, with the periods that can be billed.</summary>
public sealed record BillableKind(long Id, LocalName Name, LocalName Unit, BillingCycle Cycle, IReadOnlyList<string> Periods);

/// <summary>A run as the list shows it.</summary>
public sealed record RunRow(
    long Id, LocalName Kind, string Period, bool IsCorrection, RunState State, int Total, int Done, int Bills, int LeftOut, Money Amount,
    string? By, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

/// <summary>What a run would do now. <paramref name="LeftOut"/> holds for each reason how many, and the first of them by name.</summary>
public sealed record RunPreview(int Total, int Bills, Money Amount, Money Vacant, int Estimates, IReadOnlyList<LeftOutRow> LeftOut);

public sealed record LeftOutRow(LeftOutReason Reason, int Count, IReadOnlyList<string> Names);

/// <summary>A bill in a list. A person's bill has no room.</summary>
public sealed record BillRow(
    long Id, string Number, BillKind Kind, LocalName Fee, LocalName Unit, string Period, LocalName? Building, string? Room, string? Person, decimal Usage,
    Money Amount, Money Vacant, bool IsEstimate, DateTimeOffset At)
{
    public string Of => Room is null ? Person ?? "" : $"{Building} {Room}";
}

public sealed record BillWindow(IReadOnlyList<BillRow> Items, int Total, Money Sum);

/// <summary>A bill with its proof and everybody's part. <paramref name="Rates"/> names the rates of the proof by their ids.</summary>
public sealed record BillView(
    BillRow Row, DateOnly First, DateOnly Last, BillProof Proof, IReadOnlyList<ShareRow> Shares, IReadOnlyDictionary<long, BillRate> Rates,
    IReadOnlyList<BillRow> Corrections, long? RoomId);

public sealed record BillRate(DateOnly FirstDay, string Scope, string DocumentNumber);

/// <summary>Who pays which part for how many days.</summary>
public sealed record ShareRow(long PersonId, string Name, int Days, Money Amount);

/// <summary>Filter, order and page of the bills.</summary>
public sealed record BillFilter
{
    public const int PageSize = 25;
    private const int MaxPage = 1_000_000;

    /// <summary>A bill's number, or part of a room's or a person's name.</summary>
    public string? Text { get; init; }
    public long? KindId { get; init; }
    public string? Period { get; init; }
    public BillSort Sort { get; init; } = BillSort.Newest;
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>Reads the query parameters of an address and ignores values it does not know.</summary>
    public static BillFilter Parse(string? text, string? kind, string? period, string? sort, string? page) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        KindId = TypedId.Parse(kind),
        Period = string.IsNullOrWhiteSpace(period) ? null : period.Trim(),
        Sort = Enum.TryParse<BillSort>(sort?.TrimStart('-'), out var column) && Enum.IsDefined(column) ? column : BillSort.Newest,
        Descending = sort?.StartsWith('-') == true,
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1 ? Math.Min(number, MaxPage) : 1,
    };
}
