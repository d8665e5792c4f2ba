using System.Globalization;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Filter and page of the list of days.</summary>
public sealed record DayFilter
{
    public const int PageSize = 31;

    public string? Gateway { get; init; }
    public DayShow? Show { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static DayFilter Parse(string? gateway, string? show, string? page) => new()
    {
        Gateway = string.IsNullOrEmpty(gateway) || gateway.Length > PaymentLimits.Gateway ? null : gateway,
        Show = Enum.TryParse<DayShow>(show, out var shown) && Enum.IsDefined(shown) ? shown : null,
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) && typed is > 1 and < 100_000 ? typed : 1,
    };
}

/// <summary>Filter and page of the lines of one day.</summary>
public sealed record LineFilter
{
    public const int PageSize = 50;

    public LineState? State { get; init; }

    /// <summary>Only differences that nobody has settled.</summary>
    public bool OnlyOpen { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>Parses the query parameters of an address and ignores values it does not know.</summary>
    public static LineFilter Parse(string? state, string? page) => new()
    {
        State = Enum.TryParse<LineState>(state, out var shown) && Enum.IsDefined(shown) ? shown : null,
        OnlyOpen = state == "Open",
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) && typed is > 1 and < 100_000 ? typed : 1,
    };
}

/// <summary>How many lines of a state a day has, and what they add up to on the statement and here; refunds are below zero.</summary>
public sealed record StateSum(LineState State, int Count, Money There, Money Here);

/// <summary>A day of a gateway with what was compared.</summary>
public sealed record DayRow(
    long Id, string Gateway, DateOnly Day, DateTimeOffset? FetchedAt, StatementSource? Source, string? FetchedBy, int Tries, DateTimeOffset? NextTryAt,
    string? Problem)
{
    public IReadOnlyList<StateSum> Sums { get; init; } = [];

    /// <summary>Differences that nobody has settled.</summary>
    public int Open { get; init; }

    /// <summary>The first seal of the ledger that covers this day; null while there is none.</summary>
    public string? Seal { get; init; }

    /// <summary>The day that the seal was made for: a later one when the app was off.</summary>
    public DateOnly? SealDay { get; init; }

    /// <summary>What the ledger says that the gateway holds more after this day than before it.</summary>
    public Money Ledger { get; init; }

    public StateSum Of(LineState state) => Sums.FirstOrDefault(s => s.State == state) ?? new StateSum(state, 0, Money.Zero, Money.Zero);

    public Money There => new(Sums.Sum(s => s.There.Fen));

    public Money Here => new(Sums.Sum(s => s.Here.Fen));

    /// <summary>The seal as pages and paper show it.</summary>
    public string SealText(IStringLocalizer words) => Seal is not { } seal ? words["NoSeal"].Value
        : SealDay == Day ? words["Document.Seal", seal].Value
        : words["Document.LaterSeal", seal, FormattableString.Invariant($"{SealDay:yyyy-MM-dd}")].Value;
}

public sealed record DayWindow(IReadOnlyList<DayRow> Items, int Total)
{
    public static readonly DayWindow Empty = new([], 0);
}

/// <summary>A compared payment or refund.</summary>
public sealed record LineRow(
    long Id, string Gateway, DateOnly Day, GatewayLineKind Kind, string? TradeNumber, string RequestNumber, string? RefundNumber, Money? There, Money? Here,
    DateTimeOffset? At, LineState State, string? Order, long? AccountId, SettleWay? Settlement, DateTimeOffset? SettledAt, string? SettledBy, string? Note,
    long? RefundId, bool IsOpen)
{
    /// <summary>Whether it is a payment that fits no order and can be credited to an account.</summary>
    public bool CanCredit => IsOpen && ReconciliationService.IsUnknown(Kind, State, AccountId, RequestNumber);

    /// <summary>Whether a correction of amounts can be proposed.</summary>
    public bool CanCorrect => AccountId is not null && ReconciliationService.CorrectionOf(Kind, State, There?.Fen, Here?.Fen, RefundId) is not null;
}

public sealed record LineWindow(IReadOnlyList<LineRow> Items, int Total)
{
    public static readonly LineWindow Empty = new([], 0);
}
