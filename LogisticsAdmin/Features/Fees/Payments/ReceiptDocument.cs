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

/// <summary>收据 of a paid order, for who paid, for who lives in its room now, and for the office. Room mates do not read who paid.</summary>
public sealed class ReceiptDocument(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PaymentGateways gateways, OfficeTime time, IOfficeCard card,
    IStringLocalizer<PaymentsText> words)
{
    /// <exception cref="NotFound">There is no such receipt, or the reader may not see it.</exception>
    public async Task<Document> ReadAsync(string number, CancellationToken ct = default)
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
        return new Document
        {
            Title = $"{words["Receipt.Title"]} {number}",
            Office = office,
            Date = time.DayOf(found.Order.PaidAt!.Value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Language = Languages.Known(CultureInfo.CurrentUICulture.Name),
            Author = office,
            Format = PageFormat.Slip,
            Blocks =
            [
                new Heading(1, words["Receipt.Title"]),
                new Paragraph($"{office}　{words["Receipt.Number"]} {number}"),
                new Table("", null, [new("", Weight: 1), new("", Weight: 3)],
                [
                    Fact("Receipt.PaidFor", found.Place?.ToString() ?? found.Owner),
                    Fact("Receipt.Payer", payerName),
                    Fact("Receipt.Amount", words["Yuan", found.Order.Amount]),
                    Fact("Receipt.Capital", CapitalAmount.Of(found.Order.Amount)),
                    Fact("Receipt.Way", gateways.LabelOf(found.Order.PaidWith!).ToString()),
                    Fact("Receipt.PaidAt", time.Local(found.Order.PaidAt.Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                    Fact("Receipt.Order", found.Order.Number),
                ]),
                new SignatureBlock([words["Receipt.Signs"]]),
            ],
        };
    }

    private TableRow Fact(string key, string? value) => new([words.GetString(key), value ?? ""]);
}
