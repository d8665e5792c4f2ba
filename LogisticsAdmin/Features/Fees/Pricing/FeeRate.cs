using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// 费率: the price of a kind in a scope from a day on. Never edited or deleted; what happens to it later is only marked: that it has a successor,
/// or that it was withdrawn.
/// </summary>
public sealed class FeeRate : Versioned, IAudited
{
    private FeeRate() { }

    /// <summary>
    /// <paramref name="approvedBy"/>: the second person, for a rate that begins in the past. <paramref name="followsWithdrawn"/>: the withdrawn rate
    /// whose place it takes.
    /// </summary>
    public FeeRate(
        long kindId, RateScope scope, DateOnly firstDay, PriceRule rule, string reason, string? documentNumber, long? by, DateTimeOffset at,
        long? approvedBy = null, long? followsWithdrawn = null)
    {
        (KindId, Scope, FirstDay, Rule) = (kindId, scope.Key, firstDay, rule);
        (Reason, DocumentNumber) = (CleanText.Clean(reason), CleanText.Clean(documentNumber));
        (PublishedById, PublishedAt, ApprovedById, FollowsWithdrawnId) = (by, at, approvedBy, followsWithdrawn);
    }

    public long KindId { get; private set; }

    /// <summary>See <see cref="RateScope.Key"/>.</summary>
    public string Scope { get; private set; } = "";
    public DateOnly FirstDay { get; private set; }

    [NotAudited]
    public PriceRule Rule { get; private set; } = PriceRule.None;
    public string Reason { get; private set; } = "";

    /// <summary>文号: of the document that ordered the price; empty when there is none.</summary>
    public string DocumentNumber { get; private set; } = "";

    /// <summary>Null for the rates of a new installation.</summary>
    public long? PublishedById { get; private set; }
    public DateTimeOffset PublishedAt { get; private set; }
    public long? ApprovedById { get; private set; }
    public long? FollowsWithdrawnId { get; private set; }

    /// <summary>被哪一版替代: the rate of the same scope that was published to apply after this one.</summary>
    public long? SupersededByRateId { get; private set; }
    public long? SupersededById { get; private set; }
    public DateTimeOffset? SupersededAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public long? WithdrawnById { get; private set; }
    public string? WithdrawnBecause { get; private set; }

    public RateFact Fact => new(Id, KindId, Scope, FirstDay, Rule, PublishedAt, WithdrawnAt);

    /// <summary>Marks that a rate was published which applies after this one; the newest mark counts.</summary>
    public void MarkSuperseded(long byRate, long? by, DateTimeOffset at) => (SupersededByRateId, SupersededById, SupersededAt) = (byRate, by, at);

    /// <summary>Removes the mark: the successor was withdrawn, and none is left.</summary>
    public void ClearSuperseded() => (SupersededByRateId, SupersededById, SupersededAt) = (null, null, null);

    public void Withdraw(long? by, DateTimeOffset at, string because)
    {
        if (WithdrawnAt is not null) throw new InvalidOperationException("The rate was withdrawn already.");
        (WithdrawnById, WithdrawnAt, WithdrawnBecause) = (by, at, CleanText.Clean(because));
    }
}
