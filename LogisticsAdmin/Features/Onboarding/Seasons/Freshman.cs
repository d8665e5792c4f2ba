using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>
/// 新生: a person of a season, how far they are, and the bed that they hold or have chosen. After check-in the bed belongs to the person's stay and is
/// remembered here only.
/// </summary>
public sealed class Freshman : Versioned, IAudited
{
    private Freshman() { }

    public Freshman(long seasonId, long groupId, long personId, string code) => (SeasonId, GroupId, PersonId, Code) = (seasonId, groupId, personId, code);

    public long SeasonId { get; private set; }
    public long GroupId { get; private set; }
    public long PersonId { get; private set; }

    /// <summary>报到码, see <see cref="ArrivalCode"/>: the desk finds the student by it.</summary>
    [NotAudited]
    public string Code { get; private set; } = "";

    public DateTimeOffset? DataConfirmedAt { get; private set; }

    /// <summary>What the student says is wrong with their data.</summary>
    public string? DataRemark { get; private set; }

    public SleepRhythm Rhythm { get; private set; }
    public bool WantsQuiet { get; private set; }

    public long? BedId { get; private set; }

    /// <summary>The bed is free again after this moment; null once it is chosen.</summary>
    [NotAudited]
    public DateTimeOffset? HeldUntil { get; private set; }
    public DateTimeOffset? ChosenAt { get; private set; }

    /// <summary>The <see cref="BedFill"/> that gave the bed; null when it was chosen.</summary>
    public long? FillId { get; private set; }

    /// <summary>What was asked for when the student paid or deferred.</summary>
    public long FeesFen { get; private set; }
    public DateTimeOffset? FeesPaidAt { get; private set; }
    public DateTimeOffset? FeesDeferredAt { get; private set; }
    public string? DeferReason { get; private set; }

    /// <summary>The number of the payment that was asked for at a gateway.</summary>
    public string? PaymentNumber { get; private set; }

    /// <summary>When the student ordered the essentials or said that they need none.</summary>
    public DateTimeOffset? EssentialsAt { get; private set; }

    /// <summary>The goods order by which the step was done; null when the student needs none.</summary>
    public long? OrderId { get; private set; }

    public DateTimeOffset? PapersConfirmedAt { get; private set; }

    public long? DeskTimeId { get; private set; }

    public DateTimeOffset? CheckedInAt { get; private set; }
    public long? CheckedInById { get; private set; }

    /// <summary>Why the desk checked in although steps were missing.</summary>
    public string? CheckedInBecause { get; private set; }

    /// <summary>放弃入学: will not come. The bed is free again.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnBecause { get; private set; }

    /// <summary>What the ledger calls the payment of the fees.</summary>
    public string Reference => FreshmanReference.Of(Id);

    /// <summary>Whether the bed is kept for this student at this moment.</summary>
    public bool Holds(DateTimeOffset now) => BedId is not null && CheckedInAt is null && WithdrawnAt is null && (HeldUntil is not { } until || until > now);

    /// <summary>Chosen, or given by the office: not merely held.</summary>
    public bool HasBed => BedId is not null && HeldUntil is null;

    public bool HasFees => FeesPaidAt is not null || FeesDeferredAt is not null;

    public void JoinGroup(long groupId) => GroupId = groupId;

    public void ConfirmData(string? remark, DateTimeOffset at)
    {
        DemandComing();
        (DataConfirmedAt, DataRemark) = (at, CleanText.Clean(remark) is { Length: > 0 } text ? text : null);
    }

    public void Wish(SleepRhythm rhythm, bool wantsQuiet)
    {
        DemandComing();
        (Rhythm, WantsQuiet) = (rhythm, wantsQuiet);
    }

    /// <summary>Keeps a bed for a while. The caller checks that nobody has it; a unique index enforces it.</summary>
    public void Hold(long bedId, DateTimeOffset until)
    {
        DemandComing();
        (BedId, HeldUntil, ChosenAt, FillId) = (bedId, until, null, null);
    }

    /// <summary>Makes a bed that is held the student's own; a hold that ran out is refused.</summary>
    public void Choose(DateTimeOffset now)
    {
        DemandComing();
        if (BedId is null || !Holds(now)) throw Rejected.Because<SeasonsText>("HoldEnded");
        (HeldUntil, ChosenAt) = (null, ChosenAt ?? now);
    }

    /// <summary>The office gives a bed. The caller checks that nobody has it.</summary>
    public void Give(long bedId, long? fillId, DateTimeOffset now)
    {
        DemandComing();
        (BedId, HeldUntil, ChosenAt, FillId) = (bedId, null, now, fillId);
    }

    public void LeaveBed()
    {
        if (CheckedInAt is not null) throw Rejected.Because<SeasonsText>("IsCheckedIn");
        (BedId, HeldUntil, ChosenAt, FillId) = (null, null, null, null);
    }

    public void AskFees(Money amount, string? paymentNumber)
    {
        DemandComing();
        (FeesFen, PaymentNumber) = (amount.Fen, paymentNumber);
    }

    /// <summary>Also after a check-in: who deferred pays later.</summary>
    public void PayFees(DateTimeOffset at) => FeesPaidAt ??= at;

    public void DeferFees(Money amount, string reason, DateTimeOffset at)
    {
        DemandComing();
        if (FeesPaidAt is not null) throw Rejected.Because<SeasonsText>("FeesArePaid");
        (FeesFen, FeesDeferredAt, DeferReason) = (amount.Fen, at, CleanText.Clean(reason));
    }

    public void SettleEssentials(long? orderId, DateTimeOffset at)
    {
        DemandComing();
        (EssentialsAt, OrderId) = (at, orderId);
    }

    public void ConfirmPapers(DateTimeOffset at) => PapersConfirmedAt = at;

    /// <summary>A paper was added: it has to be confirmed, too.</summary>
    public void ReopenPapers() => PapersConfirmedAt = null;

    /// <summary>The caller checks that the time has room.</summary>
    public void Arrive(long? deskTimeId)
    {
        DemandComing();
        DeskTimeId = deskTimeId;
    }

    /// <summary>报到: the caller moves the person in and makes them 在册.</summary>
    public void CheckIn(long by, string? because, DateTimeOffset at)
    {
        DemandComing();
        if (BedId is null) throw Rejected.Because<SeasonsText>("HasNoBed");
        (HeldUntil, ChosenAt) = (null, ChosenAt ?? at);
        (CheckedInAt, CheckedInById, CheckedInBecause) = (at, by, CleanText.Clean(because) is { Length: > 0 } text ? text : null);
    }

    public void UndoCheckIn() => (CheckedInAt, CheckedInById, CheckedInBecause) = (null, null, null);

    public void Withdraw(string because, DateTimeOffset at)
    {
        DemandComing();
        LeaveBed();
        (DeskTimeId, WithdrawnAt, WithdrawnBecause) = (null, at, CleanText.Clean(because));
    }

    public void UndoWithdrawal() => (WithdrawnAt, WithdrawnBecause) = (null, null);

    /// <summary>Removes what the person or the desk wrote, when the person is anonymised.</summary>
    public void ForgetWords() => (DataRemark, DeferReason, WithdrawnBecause, CheckedInBecause) = (null, null, null, null);

    private void DemandComing()
    {
        if (CheckedInAt is not null) throw Rejected.Because<SeasonsText>("IsCheckedIn");
        if (WithdrawnAt is not null) throw Rejected.Because<SeasonsText>("IsWithdrawn");
    }
}
