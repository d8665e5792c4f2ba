using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>What the repairs of a room cost: the sum, and the parts and labour recorded last. For the office only.</summary>
internal sealed class RoomCosts(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<CostsText> words) : IRoomSection
{
    public int Order => 20;
    public LocalName Title { get; } = LocalName.Of<CostsText>("RoomSection.Costs");
    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long roomId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var tickets = db.RepairTickets.Where(t => t.RoomId == roomId);
        var uses =
            from use in db.RepairUses.AsNoTracking()
            where use.WithdrawnAt == null
            join ticket in tickets on use.TicketId equals ticket.Id
            select new { Use = use, ticket.Number };
        var sum = new Money((await tickets.SumAsync(t => t.CostFen, ct) ?? 0) + await uses.SumAsync(u => u.Use.AmountFen, ct));
        var total = await uses.CountAsync(ct);
        var newest = await (
            from u in uses.OrderByDescending(u => u.Use.Id).Take(take)
            join p in db.Parts on u.Use.PartId equals p.Id into parts
            from part in parts.DefaultIfEmpty()
            orderby u.Use.Id descending
            select new
            {
                u.Number,
                u.Use.At,
                u.Use.AmountFen,
                u.Use.Quantity,
                u.Use.Minutes,
                Part = part == null ? null : new LocalName(part.Name, part.NameEn),
                Unit = part == null ? null : new LocalName(part.Unit, part.UnitEn),
            }).ToListAsync(ct);
        // A ticket of an imported log has a cost without lines.
        if (total == 0 && sum == Money.Zero) return null;
        return new PageSection(
            total, [.. newest.Select(u => new SectionLine(
                u.At, u.Number, u.Part is null ? words["RoomSection.Minutes", u.Minutes ?? 0] : Used(u.Part, u.Quantity ?? 0, u.Unit!), AmountOf(u.AmountFen),
                $"repairs/{u.Number}"))],
            Summary: words["RoomSection.Sum", sum]);
    }

    private static string Used(LocalName part, decimal quantity, LocalName unit) =>
        $"{part} × {quantity.ToString("0.##", CultureInfo.CurrentCulture)} {unit}";

    private static LocalName AmountOf(long fen)
    {
        var amount = new Money(fen).ToString();
        return new LocalName(amount, amount);
    }
}
