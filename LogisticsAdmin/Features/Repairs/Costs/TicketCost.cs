using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>The cost of a ticket: parts and labour that were not withdrawn, and the amount from an imported log.</summary>
public sealed record TicketCost
{
    public required long TicketId { get; init; }
    public required long? ImportedFen { get; init; }
    public required long UsedFen { get; init; }

    public Money Used => new(UsedFen);

    /// <summary>Null where no cost was recorded; lines whose price is zero count as none. An imported cost of zero is a cost.</summary>
    public Money? Total => ImportedFen is null && UsedFen == 0 ? null : new Money(ImportedFen ?? 0) + Used;

    /// <summary>The cost of each ticket, computed by the database.</summary>
    internal static IQueryable<TicketCost> Read(LogisticsDb db) =>
        from t in db.RepairTickets
        select new TicketCost
        {
            TicketId = t.Id,
            ImportedFen = t.CostFen,
            UsedFen = db.Set<RepairUse>().Where(u => u.TicketId == t.Id && u.WithdrawnAt == null).Sum(u => u.AmountFen),
        };
}
