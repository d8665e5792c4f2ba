using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// What a payer does: make an order of a fixed amount, open ways to pay it, and follow it. Everybody pays into their own account or that of the room
/// where they live; the orders of others do not exist for them.
/// </summary>
public sealed class PaymentService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PaymentGateways gateways, PersonalAccounts accounts, IOptions<OfficeOptions> options,
    OfficeTime office)
{
    private const int MostWays = 20;

    /// <summary>Whether anything can be paid without cash.</summary>
    public bool IsOn => gateways.All.Count > 0;

    /// <summary>The ways to pay.</summary>
    public IReadOnlyList<(string Name, LocalName Label)> Ways => [.. gateways.All.Select(g => (g.Name, g.Label))];

    /// <summary>Makes an order and returns its number; a form that was sent before is the order that it made then.</summary>
    public async Task<string> CreateAsync(TopUpForm form, CancellationToken ct = default)
    {
        if (form.Target is not { } target || !Enum.IsDefined(target)) throw Rejected.At<PaymentsText>(nameof(TopUpForm.Target), "TargetMissing");
        var amount = TypedAmount.Parse(form.Amount, nameof(TopUpForm.Amount));
        if (!IsOn) throw Rejected.Because<PaymentsText>("PaymentsOff");
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            var me = user.PersonId;
            if (form.Key is { } key)
            {
                var made = await db.PaymentOrders.Where(o => o.Key == key && o.PayerId == me).Select(o => o.Number).FirstOrDefaultAsync(token);
                if (made is not null) return made;
            }
            var room = await db.Users.Where(p => p.Id == me).Select(p => p.RoomId).FirstAsync(token);
            if (target == PaymentTarget.Room && room is null) throw Rejected.At<PaymentsText>(nameof(TopUpForm.Target), "NoRoom");
            var account = await LedgerWriter.AccountAsync(
                db, target == PaymentTarget.Room ? LedgerAccount.OfRoom(room!.Value) : LedgerAccount.OfPerson(me), token);
            var number = await db.NextNumberAsync(PaymentLimits.Orders, office.Today, token);
            var order = new PaymentOrder(number, account, me, amount, me, form.Key, office.Now);
            db.PaymentOrders.Add(order);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(FeesTopics.Payments, order.Id));
            return number;
        }, ct);
    }

    /// <summary>Opens a way to pay an open order of the acting person and returns its request number. There may be several.</summary>
    public async Task<string> OpenAsync(string orderNumber, string gateway, CancellationToken ct = default)
    {
        if (gateways.Find(gateway) is not { } known) throw Rejected.Because<PaymentsText>("PaymentsOff");
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            var me = user.PersonId;
            var order = await db.PaymentOrders.Include(o => o.Account).SingleOrDefaultAsync(o => o.Number == orderNumber && o.PayerId == me, token)
                ?? throw new NotFound();
            if (order.State == OrderState.Paid) throw Rejected.Because<PaymentsText>("OrderPaid");
            if (!await accounts.IsWantedAsync(db, order, token)) throw Rejected.Because<PaymentsText>("NoLongerWanted");
            await DemandAtHomeAsync(db, me, order.Account.RoomId, token);
            if (await db.PaymentAttempts.CountAsync(a => a.OrderId == order.Id, token) >= MostWays) throw Rejected.Because<PaymentsText>("TooManyWays");
            var attempt = new PaymentAttempt(order, known.Name, PaymentWriter.RequestNumber(order.Number), office.Now);
            db.PaymentAttempts.Add(attempt);
            return attempt.RequestNumber;
        }, ct);
    }

    /// <summary>Where the payer's browser goes to pay a request, within <see cref="PaymentLimits.PayableHours"/> of its opening.</summary>
    public async Task<string> PayAddressAsync(string requestNumber, bool isPhone, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.PaymentAttempts.AsNoTracking().Where(a => a.RequestNumber == requestNumber && a.Order.PayerId == me)
            .Select(a => new { a.Gateway, a.Order.Number, a.Order.AmountFen, a.Order.State, a.Order.Account.RoomId, a.NextAskAt, a.OpenedAt })
            .SingleOrDefaultAsync(ct) ?? throw new NotFound();
        if (found.State == OrderState.Paid) throw Rejected.Because<PaymentsText>("OrderPaid");
        await DemandAtHomeAsync(db, me, found.RoomId, ct);
        // Nobody would ask any more what became of it.
        if (found.NextAskAt is null || office.Now >= found.OpenedAt.AddHours(PaymentLimits.PayableHours)) throw Rejected.Because<PaymentsText>("WayExpired");
        if (gateways.Find(found.Gateway) is not { } gateway) throw Rejected.Because<PaymentsText>("PaymentsOff");
        var app = options.Value.Address?.TrimEnd('/') ?? "";
        return gateway.PayAddress(new PayRequest(
            requestNumber, new Money(found.AmountFen), $"{LocalName.Of<PaymentsText>("Subject").Zh} {found.Number}",
            $"{app}/{PaymentAddresses.Order(found.Number)}", $"{app}/pay/notify/{gateway.Name}", isPhone));
    }

    /// <summary>The newest orders that the acting person made, the newest first.</summary>
    public Task<IReadOnlyList<OrderRow>> MineAsync(int take, CancellationToken ct = default)
    {
        var me = user.PersonId;
        return ReadAsync(orders => orders.Where(o => o.PayerId == me).OrderByDescending(o => o.Id).Take(take), ct);
    }

    /// <summary>One order of the acting person.</summary>
    /// <exception cref="NotFound">There is none, or somebody else made it.</exception>
    public async Task<OrderRow> FindAsync(string number, CancellationToken ct = default)
    {
        var me = user.PersonId;
        return (await ReadAsync(orders => orders.Where(o => o.Number == number && o.PayerId == me), ct)).SingleOrDefault() ?? throw new NotFound();
    }

    /// <summary>Who has moved since they made an order pays no more into the room that they left.</summary>
    private static async Task DemandAtHomeAsync(LogisticsDb db, long me, long? room, CancellationToken ct)
    {
        if (room is not null && !await db.Users.AnyAsync(p => p.Id == me && p.RoomId == room, ct)) throw Rejected.Because<PaymentsText>("NoRoom");
    }

    private async Task<IReadOnlyList<OrderRow>> ReadAsync(Func<IQueryable<PaymentOrder>, IQueryable<PaymentOrder>> which, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await which(db.PaymentOrders.AsNoTracking()).OrderByDescending(o => o.Id).Select(o => new OrderRow(
            o.Number, new Money(o.AmountFen), o.State, o.Account.Kind == LedgerAccountKind.Room, o.CreatedAt, o.PaidAt, o.PaidWith,
            o.ReceiptNumber)).ToListAsync(ct);
    }
}
