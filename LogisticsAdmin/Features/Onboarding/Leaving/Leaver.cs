using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Somebody who leaves in a round: the room as it was found, damage to pay, and the check-out.</summary>
public sealed class Leaver : Versioned, IAudited
{
    private Leaver() { }

    public Leaver(long roundId, long personId, long? roomId, long? bedId) => (RoundId, PersonId, RoomId, BedId) = (roundId, personId, roomId, bedId);

    public long RoundId { get; private set; }
    public long PersonId { get; private set; }

    /// <summary>Where they lived when they were added, or last checked out from.</summary>
    public long? RoomId { get; private set; }
    public long? BedId { get; private set; }

    /// <summary>验房.</summary>
    public DateTimeOffset? InspectedAt { get; private set; }
    public long? InspectedById { get; private set; }

    /// <summary>The room that was inspected: no other one counts. Null for inspections from before it was recorded.</summary>
    public long? InspectedRoomId { get; private set; }
    public string? Damage { get; private set; }
    public long DamageFen { get; private set; }
    public string? PaymentNumber { get; private set; }
    public DateTimeOffset? DamagePaidAt { get; private set; }

    public DateTimeOffset? CheckedOutAt { get; private set; }
    public long? CheckedOutById { get; private set; }

    public bool OwesDamage => DamageFen > 0 && DamagePaidAt is null;

    /// <summary>Whether the room where they live now was inspected.</summary>
    public bool IsInspectedIn(long? roomId) => InspectedAt is not null && (InspectedRoomId is null || InspectedRoomId == roomId);

    /// <summary>Says what was found in the room where they live. What they paid for an earlier room is settled and counts no more.</summary>
    public void Inspect(long roomId, string? damage, Money amount, long by, DateTimeOffset at)
    {
        if (DamagePaidAt is not null && IsInspectedIn(roomId)) throw Rejected.Because<LeavingText>("DamageIsPaid");
        (Damage, DamageFen, DamagePaidAt) = (CleanText.Clean(damage) is { Length: > 0 } text ? text : null, amount.Fen, null);
        (InspectedAt, InspectedById, InspectedRoomId) = (at, by, roomId);
    }

    public void PayWith(string? paymentNumber) => PaymentNumber = paymentNumber;

    public void PayDamage(DateTimeOffset at) => DamagePaidAt ??= at;

    public void CheckOut(long? roomId, long? bedId, long by, DateTimeOffset at) =>
        (RoomId, BedId, CheckedOutById, CheckedOutAt) = (roomId ?? RoomId, bedId ?? BedId, by, at);

    public void UndoCheckOut() => (CheckedOutById, CheckedOutAt) = (null, null);

    /// <summary>Removes what the office wrote, when the person is anonymised.</summary>
    public void ForgetWords() => Damage = null;
}
