

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A time of day in which the office visits rooms.</summary>
public sealed class VisitSlot : Shared.Versioned, Shared.IRetirable, Shared.IAudited
{
    private VisitSlot() { }

    public VisitSlot(string code, TimeOnly from, TimeOnly to) => (Code, From, To) = (code, from, to);

    public string Code { get; private set; } = "";
    public TimeOnly From { get; private set; }
    public TimeOnly To { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    public override string ToString() => FormattableString.Invariant($"{From:HH:mm}–{To:HH:mm}");
}
