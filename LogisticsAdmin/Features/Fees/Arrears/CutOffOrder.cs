using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// 停供单: a room's supply of one kind is cut off because of its debt, and restored when that is paid. A room has at most one that has not ended for
/// each kind. Who may do what is decided by <see cref="CutOffService"/>.
/// </summary>
public sealed class CutOffOrder : Versioned, IAudited
{
    /// <summary>So long after a payment took it back, its technician may report to have cut off before, where there was no signal.</summary>
    private static readonly TimeSpan LateReport = TimeSpan.FromDays(1);

    private CutOffOrder() { }

    /// <summary><paramref name="thresholdFen"/>: it is taken back when less than this is unpaid before it is carried out.</summary>
    public CutOffOrder(string number, long roomId, long feeKindId, long debtFen, long thresholdFen, DateOnly notBefore, DateTimeOffset at)
    {
        (Number, RoomId, FeeKindId, DebtFen, ThresholdFen) = (number, roomId, feeKindId, debtFen, thresholdFen);
        (NotBefore, AnnouncedAt) = (notBefore, at);
    }

    public string Number { get; private set; } = "";
    public long RoomId { get; private set; }
    public long FeeKindId { get; private set; }
    public CutOffState State { get; private set; } = CutOffState.Announced;

    /// <summary>What was unpaid of the kind when it was announced.</summary>
    public long DebtFen { get; private set; }
    public long ThresholdFen { get; private set; }

    /// <summary>The first day on which it may be carried out.</summary>
    public DateOnly NotBefore { get; private set; }
    public DateTimeOffset AnnouncedAt { get; private set; }
    public long? ApprovedById { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }
    public long? TechnicianId { get; private set; }
    public long? AssignedById { get; private set; }
    public long? CutById { get; private set; }
    public DateTimeOffset? CutAt { get; private set; }
    public string? CutNote { get; private set; }

    /// <summary>When the debt was paid, before or after the cut-off.</summary>
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>Who took it back, or had the supply restored although the debt remained, and why.</summary>
    public long? TakenBackById { get; private set; }
    public string? TakenBackBecause { get; private set; }
    public long? RestoredById { get; private set; }
    public DateTimeOffset? RestoredAt { get; private set; }
    public string? RestoreNote { get; private set; }

    /// <summary>When it was taken back or the supply was restored.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Whether so much that is unpaid of the kind settles it: less than the threshold before the cut-off, nothing after it.</summary>
    public bool IsSettledBy(long unpaidFen) => State == CutOffState.Cut ? unpaidFen <= 0 : unpaidFen < ThresholdFen;

    public void Propose() => Move(CutOffVerb.Propose);

    public void Approve(long by, DateTimeOffset at)
    {
        Move(CutOffVerb.Approve);
        (ApprovedById, ApprovedAt) = (by, at);
    }

    public void Assign(long technicianId, long by)
    {
        Move(CutOffVerb.Assign);
        (TechnicianId, AssignedById) = (technicianId, by);
    }

    /// <summary>Takes it from its technician: it is to be assigned again.</summary>
    public void Release()
    {
        Move(CutOffVerb.Release);
        (TechnicianId, AssignedById) = (null, null);
    }

    public void Cut(long by, string? note, DateTimeOffset at)
    {
        Move(CutOffVerb.Cut);
        (CutById, CutAt, CutNote) = (by, at, note);
    }

    /// <summary>Whether a payment took it back from its technician so shortly ago that the supply may be cut off all the same.</summary>
    public bool MayBeCutAlready(DateTimeOffset now) =>
        State == CutOffState.TakenBack && PaidAt is not null && TechnicianId is not null && now - EndedAt <= LateReport;

    /// <summary>It was carried out before the payment took it back: the supply is to be restored.</summary>
    public void ReportCut(long by, string? note, DateTimeOffset at)
    {
        Move(CutOffVerb.ReportCut);
        (CutById, CutAt, CutNote, EndedAt) = (by, at, note, null);
    }

    public void Pay(DateTimeOffset at)
    {
        Move(CutOffVerb.Pay);
        PaidAt = at;
        EndIf(at);
    }

    /// <summary>Gives it up, or has the supply restored where it was cut off already.</summary>
    public void TakeBack(long by, string because, DateTimeOffset at)
    {
        Move(State == CutOffState.Cut ? CutOffVerb.AskRestore : CutOffVerb.TakeBack);
        (TakenBackById, TakenBackBecause) = (by, because);
        EndIf(at);
    }

    public void Restore(long by, string? note, DateTimeOffset at)
    {
        Move(CutOffVerb.Restore);
        (RestoredById, RestoredAt, RestoreNote) = (by, at, note);
        EndIf(at);
    }

    private void EndIf(DateTimeOffset at)
    {
        if (CutOffMoves.Ended.Contains(State)) EndedAt = at;
    }

    private void Move(CutOffVerb verb) =>
        State = CutOffMoves.After(State, verb) ?? throw Rejected.Because<ArrearsText>("OtherState", LocalName.Of<ArrearsText>($"CutOffState.{State}"));
}
