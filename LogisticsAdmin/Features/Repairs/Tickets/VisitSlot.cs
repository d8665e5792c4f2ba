using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// A time of day in which the office visits rooms. Its hours never change, because tickets name it: other hours are another slot, and this
/// one retires.
/// </summary>
public sealed class VisitSlot : Versioned, IRetirable, IAudited
{
    private VisitSlot() { }

    public VisitSlot(string code, TimeOnly from, TimeOnly to) => (Code, From, To) = (code, from, to);

    public string Code { get; private set; } = "";
    public TimeOnly From { get; private set; }
    public TimeOnly To { get; private set; }
    public SlotDays Days { get; private set; } = SlotDays.All;
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    public void OfferOn(SlotDays days) => Days = days;

    /// <summary>Changes the code; the caller checks that no living slot has it.</summary>
    public void Recode(string code) => Code = code;

    public void Retire(DateTimeOffset at, long? by, string because) => (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);

    public void Restore() => (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);

    public override string ToString() => FormattableString.Invariant($"{From:HH:mm}–{To:HH:mm}");
}
