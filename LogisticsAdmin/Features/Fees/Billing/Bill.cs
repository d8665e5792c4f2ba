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
        string number, BillKind kind, long feeKindId, string period, string subject, long? roomId, long? personId, DateOnly first, DateOnly last,
        DateTimeOffset at)
    {
        (Number, Kind, FeeKindId, Period, Subject) = (number, kind, feeKindId, period, subject);
        (RoomId, PersonId, First, Last, At) = (roomId, personId, first, last, at);
    }

    public string Number { get; private set; } = "";
    public BillKind Kind { get; private set; }
    public long FeeKindId { get; private set; }

    /// <summary>See <see cref="BillingRun.Period"/>.</summary>
    public string Period { get; private set; } = "";
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

    /// <summary>What was priced after the quota.</summary>
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

    /// <summary>What the account is charged.</summary>
    public Money Charged => new(AmountFen - VacantFen);

    /// <summary>Takes amount, usage and parts from the proof, which it keeps.</summary>
    public Bill Prove(BillProof proof)
    {
        var charge = proof.Charge();
        var (vacant, parts) = proof.Divide(charge.Amount);
        SetAmount(charge.Amount, vacant, proof);
        (Usage, QuotaUsed, QuotaLeft, IsEstimate) = (proof.Quantity, charge.QuotaUsed, charge.QuotaLeft, proof.IsEstimate);
        Priced = proof.Quantity - charge.QuotaUsed;
        foreach (var (person, part) in proof.People.Zip(parts)) _shares.Add(new BillShare(person.PersonId, person.Days, part.Fen));
        foreach (var m in proof.Meters)
            _meters.Add(new BillMeter(m.MeterId, m.OpeningDay, proof.IsDeferred ? m.OpeningDay : m.ClosingDay, decimal.Round(m.Usage, 4)));
        return this;
    }

    /// <summary>The difference between what was charged and what the proof amounts to now.</summary>
    public Bill Correct(Bill corrected, Money charged, Money chargedVacant, BillProof proof)
    {
        var amount = proof.Charge().Amount;
        var (vacant, _) = proof.Divide(amount);
        SetAmount(amount - charged, vacant - chargedVacant, proof);
        CorrectsId = corrected.Id;
        return this;
    }

    public void BelongTo(long runId) => RunId = runId;

    private void SetAmount(Money amount, Money vacant, BillProof proof) => (AmountFen, VacantFen, Proof) = (amount.Fen, vacant.Fen, proof.ToJson());
}
