using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>
/// A kind of fee with today's prices. <paramref name="Current"/>: the price that applies everywhere; null where there is none. <paramref
/// name="Lowest"/>: the lowest first price of all scopes, if any. <paramref name="Newest"/>: the id of the newest rate.
/// </summary>
public sealed record KindRow(
    long Id, LocalName Name, LocalName Unit, FeeMeasure Measure, FeePayer Payer, BillingCycle Cycle, PriceRule? Current, decimal? Lowest, int Scheduled,
    int Waiting, long? Newest);

/// <summary>A version of a price with all that became of it.</summary>
public sealed record RateRow(
    long Id, long Version, long KindId, string Scope, LocalName ScopeName, DateOnly FirstDay, PriceRule Rule, string Reason, string DocumentNumber,
    RateState State, RateActs Acts)
{
    public bool IsWithdrawn => State == RateState.Withdrawn;
}

/// <summary>Who did what with a rate, and when; people are null where the app itself did.</summary>
public sealed record RateActs(
    string? PublishedBy, DateTimeOffset PublishedAt, string? ApprovedBy, long? FollowsWithdrawn, long? SupersededByRate, string? SupersededBy,
    DateTimeOffset? SupersededAt, string? WithdrawnBy, DateTimeOffset? WithdrawnAt, string? WithdrawnBecause);

/// <summary>
/// What waits for a second person. <paramref name="IsOwn"/>: the reader proposed it. <paramref name="MayApprove"/>: the reader is a second person of
/// the other role.
/// </summary>
public sealed record ProposalRow(
    long Id, long Version, long KindId, string Scope, LocalName ScopeName, DateOnly FirstDay, PriceRule Rule, string Reason, string DocumentNumber,
    long? Withdraws, string ProposedBy, DateTimeOffset ProposedAt, bool IsOwn, bool MayApprove);

/// <summary>A group, building or campus that a price may be for.</summary>
public sealed record ScopeChoice(RateScopeKind Kind, long Id, LocalName Name);

/// <summary>
/// What a room pays on a day, with the arithmetic. <paramref name="Rate"/>: null when no rate applies. <paramref name="Quantity"/>: as asked, of the
/// newest bill, or an example. <paramref name="FromBill"/>: the bill that the quantity is from. <paramref name="Others"/>: the same quantity on the
/// days around it on which another rate begins to apply.
/// </summary>
public sealed record RateExplanation(
    LocalName Room, DateOnly Day, DateTimeOffset? KnownAt, RateRow? Rate, LocalName Unit, int People, decimal Quantity, string? FromBill, Charge? Charge,
    IReadOnlyList<OtherDay> Others);

/// <summary>What the room would pay for the same quantity on another day.</summary>
public sealed record OtherDay(DateOnly Day, Charge Charge);

/// <summary>
/// What a new price would have cost with the usage of the newest bills. <paramref name="Months"/>: how many months the bills stand for. <paramref
/// name="Less"/>, <paramref name="Same"/> and <paramref name="More"/>: how many rooms, or people for fees of people.
/// </summary>
public sealed record RateImpact(
    int Rooms, int People, int Months, Money Before, Money After, int Less, int Same, int More, IReadOnlyList<ImpactRow> Dearer,
    IReadOnlyList<ImpactRow> Cheaper)
{
    public static readonly RateImpact None = new(0, 0, 0, Money.Zero, Money.Zero, 0, 0, 0, [], []);

    /// <summary>How much more comes in each month; negative for less.</summary>
    public Money MonthlyChange => Months == 0 ? Money.Zero : Money.Round((After.Yuan - Before.Yuan) / Months);
}

/// <summary>A room, or a person for fees of people. <paramref name="Change"/>: how much more it pays each month. Usage is of each month, too.</summary>
public sealed record ImpactRow(LocalName Name, int People, decimal Usage, Money Change);

/// <summary>A regular bill that a rate of the past changes.</summary>
public sealed record AffectedBill(long Id, string Number, string Period, LocalName Name, Money Amount);

/// <summary>The newest of them, how many there are, and what they add up to.</summary>
public sealed record AffectedBills(int Total, Money Amount, IReadOnlyList<AffectedBill> Newest);

/// <summary>A resident group. <paramref name="Members"/>: how many belong to it today.</summary>
public sealed record GroupRow(long Id, long Version, string Code, LocalName Name, bool IsRetired, int Members);

/// <summary>Somebody in a group.</summary>
public sealed record MemberRow(long Id, string Name, string? Number, DateOnly FirstDay, DateOnly? LastDay);

/// <summary>A line of the export: a version with its kind.</summary>
public sealed record RateExportRow(LocalName Kind, LocalName Unit, RateRow Rate);
