using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>
/// 退宿结算单: what somebody who moves out still owes or gets back. Settled once for each stay and never changed; what bills charge later for the
/// stay is on the person's account. One that was taken back stays, and does not count.
/// </summary>
public sealed class MoveOutStatement : Versioned
{
    private MoveOutStatement() { }

    internal MoveOutStatement(string number, long occupancyId, long personId, long roomId, MoveOutFigures figures, MoveOutWay way, long? by, DateTimeOffset at)
    {
        (Number, OccupancyId, PersonId, RoomId, LeavingDay) = (number, occupancyId, personId, roomId, figures.LeavingDay);
        (ChargesFen, RoomPartFen, OwnFen) = (figures.Charges.Fen, figures.RoomPart.Fen, figures.Own.Fen);
        GivenBackFen = figures.GivenBack.Fen;
        (ResultFen, Way, SettledById, SettledAt, Proof) = (figures.Result.Fen, way, by, at, figures.ToJson());
    }

    public string Number { get; private set; } = "";
    public long OccupancyId { get; private set; }
    public long PersonId { get; private set; }
    public long RoomId { get; private set; }

    /// <summary>The day of moving out, on which the person was no longer present.</summary>
    public DateOnly LeavingDay { get; private set; }

    /// <summary>The person's part of what was not billed yet.</summary>
    public long ChargesFen { get; private set; }

    /// <summary>The person's part of the balance of the room; negative for a part of its debt.</summary>
    public long RoomPartFen { get; private set; }

    /// <summary>What the person gets back of fees that were billed for days to come.</summary>
    public long GivenBackFen { get; private set; }

    /// <summary>The balance of the person's account before.</summary>
    public long OwnFen { get; private set; }

    /// <summary>Above zero is refunded, below zero is owed.</summary>
    public long ResultFen { get; private set; }
    public MoveOutWay Way { get; private set; }

    /// <summary>Of the cash that was taken.</summary>
    public string? ReceiptNumber { get; private set; }

    /// <summary>The refund that waits for a second person, or was approved.</summary>
    public long? ProposalId { get; private set; }
    public long? SettledById { get; private set; }
    public DateTimeOffset SettledAt { get; private set; }

    /// <summary>Null while it counts.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    /// <summary>Readings, shares and sums as JSON, as they stood.</summary>
    public string Proof { get; private set; } = "";

    internal void PaidWith(string receiptNumber) => ReceiptNumber = receiptNumber;

    internal void TakeBack(DateTimeOffset at) => TakenBackAt = at;

    internal void RefundedBy(long proposalId) => ProposalId = proposalId;
}
