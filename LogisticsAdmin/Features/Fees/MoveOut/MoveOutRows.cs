using System.Globalization;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>A meter that is read on the day of leaving; <paramref name="Closing"/>: null while it is not.</summary>
public sealed record MoveOutMeter(long Id, long KindId, LocalName Kind, string Number, decimal? Closing, bool IsEstimate);

/// <summary>A person to choose; <paramref name="Home"/>: null for who lives nowhere now.</summary>
public sealed record MoveOutPerson(long Id, string Name, string? Number, string? Home);

/// <summary>Who moves out of which room, and since when they live there.</summary>
public sealed record MoveOutStay(long PersonId, string Person, string? PersonNumber, LocalName Building, string Room, DateOnly First, bool HasEnded)
{
    public string Place => $"{Building} {Room}";
}

/// <summary>A statement that is not settled; or that of the same stay which is, by its id.</summary>
public sealed record MoveOutDraft(MoveOutStay Stay, MoveOutFigures Figures, IReadOnlyList<MoveOutMeter> Meters, bool MaySettle, long? SettledId)
{
    public bool IsRead => Meters.All(m => m.Closing is not null);
}

/// <summary>
/// A settled statement. <paramref name="Waiting"/>: what is still set aside for bills to come. <paramref name="Balance"/>: of the person's account
/// now. <paramref name="Refund"/>: what became of a refund that was proposed. <paramref name="Reversal"/>: what takes it back, or waits to.
/// </summary>
public sealed record MoveOutView(
    MoveOutRow Row, MoveOutStay Stay, MoveOutFigures Figures, Money Waiting, Money Balance, long? AccountId, MoneyProposalState? Refund,
    ReversalRow? Reversal, bool MayTakeBack)
{
    /// <summary>The word for what becomes of the result; null when there is nothing to pay.</summary>
    public string? HowKey => (Row, Refund) switch
    {
        ({ ReceiptNumber: not null }, _) => "How.Paid",
        (_, MoneyProposalState.Waiting) => "How.RefundWaits",
        (_, MoneyProposalState.Approved) => "How.Refund",
        _ => Row.Result == Money.Zero || Row.TakenBackAt is not null ? null : "How.Account",
    };
}

/// <summary>What takes a statement back. <paramref name="MayApprove"/>: whether the reader may be the second person.</summary>
public sealed record ReversalRow(
    long Id, string Reason, string ProposedBy, DateTimeOffset ProposedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt, bool IsMine, bool MayDecide,
    bool MayApprove);

/// <summary>Whether what is not billed yet holds up who gives up their bed.</summary>
public sealed record MoveOutSettingRow(long Version, bool DemandsStatement);

/// <summary>A settled statement in the list.</summary>
public sealed record MoveOutRow(
    long Id, string Number, long PersonId, string Person, string? PersonNumber, LocalName Building, string Room, DateOnly LeavingDay, Money Charges,
    Money RoomPart, Money Own, Money Result, MoveOutWay Way, string? ReceiptNumber, string? SettledBy, DateTimeOffset SettledAt,
    Money GivenBack, DateTimeOffset? TakenBackAt, bool ReversalWaits)
{
    public string StateKey => TakenBackAt is not null ? "TakenBack" : ReversalWaits ? "ReversalWaiting" : "Settled";

    public string Place => $"{Building} {Room}";
}

public sealed record MoveOutWindow(IReadOnlyList<MoveOutRow> Items, int Total)
{
    public static readonly MoveOutWindow Empty = new([], 0);
}

/// <summary>Filter and page of the settled statements.</summary>
public sealed record MoveOutFilter
{
    public const int PageSize = 25;

    private const int MaxText = 100, MaxPage = 1_000_000;

    /// <summary>A statement's number, a person's name or number, or a room.</summary>
    public string? Text { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>Reads the query parameters of the page's address.</summary>
    public static MoveOutFilter Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        return Parse(Of("q"), Of("page"));

        string? Of(string name) => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    /// <summary>Parses query parameters and ignores values it does not know.</summary>
    public static MoveOutFilter Parse(string? text, string? page) => new()
    {
        Text = string.IsNullOrWhiteSpace(text) ? null : text.Length > MaxText ? text[..MaxText] : text,
        Page = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 1 ? Math.Min(number, MaxPage) : 1,
    };
}
