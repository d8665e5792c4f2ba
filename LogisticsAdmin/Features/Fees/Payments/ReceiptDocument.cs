using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// 收据 of a paid order, for who paid, for who lives in its room now, and for the office; room mates do not read who paid. 退款凭证 of what was paid out
/// at the counter, for who had paid and for the office.
/// </summary>
public sealed class ReceiptDocument(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PaymentGateways gateways, OfficeTime time, IOfficeCard card,
    IStringLocalizer<PaymentsText> words)
{
    /// <exception cref="NotFound">There is no such receipt, or the reader may not see it.</exception>
    public Task<Document> ReadAsync(string number, CancellationToken ct = default) =>
        number.StartsWith(PaymentLimits.PaidOut, StringComparison.Ordinal) ? ReadPaidOutAsync(number, ct) : ReadPaidAsync(number, ct);

    private async Task<Document> ReadPaidOutAsync(string number, CancellationToken ct)
    {
        var (actor, me) = (user.Actor, user.ActorOrNull?.PersonId);
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await (
            from refund in db.PaymentRefunds.AsNoTracking().Where(r => r.ReceiptNumber == number)
            join p in db.Users on refund.Attempt.Order.PayerId equals p.Id into payers
            from payer in payers.DefaultIfEmpty()
            select new
            {
                Refund = refund,
                Order = refund.Attempt.Order.Number,
                refund.Attempt.Order.PayerId,
                refund.Attempt.Gateway,
                Payer = payer == null ? null : payer.FullName,
            }).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        if (!actor.IsOffice && (me is null || found.PayerId != me)) throw new NotFound();
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? words["Receipt.Office"];
        return Slip(number, words["PaidOut.Title"], office, found.Refund.DoneAt!.Value,
        [
            Fact("PaidOut.To", found.Payer ?? words["Receipt.NoName"]),
            Fact("Receipt.Amount", words["Yuan", found.Refund.Amount]),
            Fact("Receipt.Capital", CapitalAmount.Of(found.Refund.Amount)),
            Fact("PaidOut.Instead", gateways.LabelOf(found.Gateway).ToString()),
            Fact("Receipt.PaidAt", time.Local(found.Refund.DoneAt.Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            Fact("Receipt.Order", found.Order),
        ], words["PaidOut.Signs"], words["Receipt.Signs"]);
    }

    private async Task<Document> ReadPaidAsync(string number, CancellationToken ct)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var orders = db.PaymentOrders.AsNoTracking().Where(o => o.ReceiptNumber == number);
        var found = await (
            from order in orders
            join r in db.Set<Places.Room>() on order.Account.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join o in db.Users on order.Account.PersonId equals o.Id into owners
            from owner in owners.DefaultIfEmpty()
            join p in db.Users on order.PayerId equals p.Id into payers
            from payer in payers.DefaultIfEmpty()
            select new
            {
                Order = order,
                Place = room == null ? null : new LocalName(room.Building.Name + " " + room.Name, room.Building.NameEn + " " + room.NameEn),
                Owner = owner == null ? null : owner.FullName,
                Payer = payer == null ? null : payer.FullName,
            }).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        var isOwn = actor.PersonId is { } me && found.Order.PayerId == me;
        if (!isOwn && !await LedgerQueries.MayReadAsync(db, actor, found.Order.AccountId, ct)) throw new NotFound();
        var office = (await card.CurrentAsync(ct)).Name?.ToString() ?? words["Receipt.Office"];
        var payerName = isOwn || actor.IsOffice ? found.Payer ?? words["Receipt.NoName"] : words["Receipt.Somebody"];
        return Slip(number, words["Receipt.Title"], office, found.Order.PaidAt!.Value,
        [
            Fact("Receipt.PaidFor", found.Place?.ToString() ?? found.Owner),
            Fact("Receipt.Payer", payerName),
            Fact("Receipt.Amount", words["Yuan", found.Order.Amount]),
            Fact("Receipt.Capital", CapitalAmount.Of(found.Order.Amount)),
            Fact("Receipt.Way", gateways.LabelOf(found.Order.PaidWith!).ToString()),
            Fact("Receipt.PaidAt", time.Local(found.Order.PaidAt.Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            Fact("Receipt.Order", found.Order.Number),
        ], words["Receipt.Signs"]);
    }

    private Document Slip(
        string number, string title, string office, DateTimeOffset at, IReadOnlyList<TableRow> facts, params IReadOnlyList<string> signs)
    {
        return new Document
        {
            Title = $"{title} {number}",
            Office = office,
            Date = time.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Language = Languages.Known(CultureInfo.CurrentUICulture.Name),
            Author = office,
            Format = PageFormat.Slip,
            Blocks =
            [
                new Heading(1, title),
                new Paragraph($"{office}　{words["Receipt.Number"]} {number}"),
                new Table("", null, [new("", Weight: 1), new("", Weight: 3)], facts),
                new SignatureBlock(signs),
            ],
        };
    }

    private TableRow Fact(string key, string? value) => new([words.GetString(key), value ?? ""]);
}
