using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Hears that an order was paid. An order that ended meanwhile takes nothing: the money stays on the person's account, who is told.</summary>
internal sealed class OrderPayments(OrderNotices notices, OfficeTime office) : IAskedPayments
{
    public const string References = "order:";

    public static string ReferenceOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{References}{id}");

    public string Prefix => References;

    public async Task<bool> IsWantedAsync(LogisticsDb db, string reference, CancellationToken ct) =>
        IdOf(reference) is { } id && await db.PlacedOrders.AnyAsync(o => o.Id == id && o.State == PlacedOrderState.Awaiting, ct);

    public async Task<bool> PaidAsync(LogisticsDb db, string reference, CancellationToken ct)
    {
        if (IdOf(reference) is not { } id) return false;
        if (await db.PlacedOrders.SingleOrDefaultAsync(o => o.Id == id, ct) is not { } order) return false;
        db.AnnounceOrder(order);
        if (!OrderVerb.Pay.Allows(order.State))
        {
            notices.Tell(db, order, OrderNotificationKind.PaidTooLate);
            return false;
        }
        order.Pay(office.Now);
        return true;
    }

    private static long? IdOf(string reference) => TypedId.Parse(reference.AsSpan(References.Length));
}
