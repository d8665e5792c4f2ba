using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>
/// One line of what a repair used: a quantity of a part, or minutes of work, at the price when it was recorded. A wrong line is withdrawn
/// and stays visible; lines are never edited or deleted.
/// </summary>
public sealed class RepairUse : Versioned
{
    private RepairUse() { }

    public long TicketId { get; private set; }

    /// <summary>The part; null for labour.</summary>
    public long? PartId { get; private set; }
    public decimal? Quantity { get; private set; }
    public int? Minutes { get; private set; }

    /// <summary>Per unit of the part, or per hour of work.</summary>
    public decimal UnitPrice { get; private set; }

    /// <summary>Rounded to the fen when recorded, so that totals equal the sum of the displayed amounts.</summary>
    public long AmountFen { get; private set; }

    public Money Amount => new(AmountFen);

    /// <summary>Who used the part or did the work.</summary>
    public long PersonId { get; private set; }
    public long RecordedById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public long? WithdrawnById { get; private set; }

    /// <summary>Identifies a form submission, so that a form sent twice is recorded once.</summary>
    public Guid? Key { get; private set; }

    public static RepairUse OfPart(long ticketId, long partId, decimal quantity, decimal price, UsedBy by, Guid? key = null) =>
        New(ticketId, price, quantity * price, by, key, use => (use.PartId, use.Quantity) = (partId, quantity));

    public static RepairUse OfLabour(long ticketId, int minutes, decimal pricePerHour, UsedBy by, Guid? key = null) =>
        New(ticketId, pricePerHour, minutes * pricePerHour / 60, by, key, use => use.Minutes = minutes);

    public void Withdraw(long by, DateTimeOffset at)
    {
        if (WithdrawnAt is not null) throw Rejected.Because<CostsText>("AlreadyWithdrawn");
        (WithdrawnAt, WithdrawnById) = (at, by);
    }

    private static RepairUse New(long ticketId, decimal unitPrice, decimal amount, UsedBy by, Guid? key, Action<RepairUse> fill)
    {
        var use = new RepairUse
        {
            TicketId = ticketId,
            UnitPrice = unitPrice,
            AmountFen = Money.Round(amount).Fen,
            PersonId = by.PersonId,
            RecordedById = by.RecordedById,
            At = by.At,
            Key = key,
        };
        fill(use);
        return use;
    }
}

/// <summary>Who used it, who recorded it, and when.</summary>
public readonly record struct UsedBy(long PersonId, long RecordedById, DateTimeOffset At);
