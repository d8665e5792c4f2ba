using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>账单: what one room or person owes for one kind and period. Never changed; what was wrong is corrected by another bill.</summary>
public sealed class Bill : Versioned
{
    private readonly List<BillShare> _shares = [];
    private readonly List<BillMeter> _meters = [];

    private Bill() { }

    /// <summary>
    /// <paramref name="subject"/>: whose bill it is: room:12 or person:5. There is one regular bill for each kind, period and subject. <paramref
    /// name="first"/>: the first of the days over which the usage arose.
    /// </summary>
    public Bill(
        string number, BillKind kind, long feeKindId, FeePeriod period, string subject, long? roomId, long? personId, DateOnly first, DateOnly last,
        DateTimeOffset at)
    {
        (Number, Kind, FeeKindId, Subject) = (number, kind, feeKindId, subject);
        (Period, PeriodFirst, PeriodLast) = (period.Code, period.First, period.Last);
        (RoomId, PersonId, First, Last, At) = (roomId, personId, first, last, at);
    }

    public string Number { get; private set; } = "";
    public BillKind Kind { get; private set; }
    public long FeeKindId { get; private set; }

    /// <summary>See <see cref="FeePeriod.Code"/>.</summary>
    public string Period { get; private set; } = "";
    public DateOnly PeriodFirst { get; private set; }
    public DateOnly PeriodLast { get; private set; }
    public string Subject { get; private set; } = "";
    public long? RoomId { get; private set; }
    public long? PersonId { get; private set; }
    public DateOnly First { get; private set; }
    public DateOnly Last { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Null for bills outside of a run.</summary>
    public long? RunId { get; private set; }

    /// <summary>The account is charged this without <see cref="VacantFen"/>. A correction may be negative.</summary>
    public long AmountFen { get; private set; }

    /// <summary>The part of the amount for days on which nobody lived there; the institution pays it.</summary>
    public long VacantFen { get; private set; }
    public decimal Usage { get; private set; }

    /// <summary>Whether nothing was charged because the readings showed less than what was billed: the next bill settles it, with the month's quota.</summary>
    public bool IsDeferred { get; private set; }

    /// <summary>What was priced after the quota. A correction has the right value here and in the quota, not the difference.</summary>
    public decimal Priced { get; private set; }
    public decimal QuotaUsed { get; private set; }
    public decimal QuotaLeft { get; private set; }

    /// <summary>Whether a reading behind it is an estimate.</summary>
    public bool IsEstimate { get; private set; }

    /// <summary>Readings, days, quota, steps, rates and rounding as JSON: enough to compute it again.</summary>
    public string Proof { get; private set; } = "";

    /// <summary>The bill that a correction corrects.</summary>
    public long? CorrectsId { get; private set; }

    /// <summary>Each person's part.</summary>
    public IReadOnlyCollection<BillShare> Shares => _shares;

    /// <summary>The meters that it counts.</summary>
    public IReadOnlyCollection<BillMeter> Meters => _meters;

    public FeePeriod FeePeriod => new(Period, PeriodFirst, PeriodLast);

    /// <summary>What the account is charged.</summary>
    public Money Charged => new(AmountFen - VacantFen);

    /// <summary>Takes amount, usage and parts from the proof, which it keeps.</summary>
    public Bill Prove(BillProof proof)
    {
        var charge = proof.Charge();
        var (vacant, parts) = proof.Divide(charge.Amount);
        Take(proof, charge, charge.Amount, vacant);
        (Usage, IsEstimate) = (proof.Quantity, proof.IsEstimate);
        foreach (var (person, part) in proof.People.Zip(parts)) _shares.Add(new BillShare(person.PersonId, person.Days, part.Fen));
        _meters.AddRange(proof.Meters.Select(m => new BillMeter(m, proof.IsDeferred)));
        return this;
    }

    /// <summary>
    /// Charges the difference between what the proof amounts to and what <paramref name="sofar"/>, a bill and its corrections, charged already.
    /// </summary>
    public Bill Correct(IReadOnlyList<Bill> sofar, BillProof proof)
    {
        var charge = proof.Charge();
        var (vacant, parts) = proof.Divide(charge.Amount);
        Take(proof, charge, new Money(charge.Amount.Fen - sofar.Sum(b => b.AmountFen)), new Money(vacant.Fen - sofar.Sum(b => b.VacantFen)));
        (CorrectsId, IsEstimate) = (sofar[0].Id, proof.IsEstimate);
        foreach (var (person, part) in proof.People.Zip(parts))
        {
            var charged = sofar.SelectMany(b => b.Shares).Where(s => s.PersonId == person.PersonId).Sum(s => s.AmountFen);
            _shares.Add(new BillShare(person.PersonId, person.Days, part.Fen - charged));
        }
        return this;
    }

    public void BelongTo(long runId) => RunId = runId;

    private void Take(BillProof proof, Charge charge, Money amount, Money vacant)
    {
        (AmountFen, VacantFen, Proof, IsDeferred) = (amount.Fen, vacant.Fen, proof.ToJson(), proof.IsDeferred);
        (Priced, QuotaUsed, QuotaLeft) = (proof.Quantity - charge.QuotaUsed, charge.QuotaUsed, proof.IsDeferred ? proof.QuotaCarried : charge.QuotaLeft);
    }
}
