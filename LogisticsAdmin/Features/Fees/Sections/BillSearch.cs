using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>Finds a bill by its number, a payment and a refund in cash by the number of its receipt. For the office.</summary>
internal sealed class BillSearch(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : ISearchProvider
{
    private const int ShortestNumber = 6;

    public int Order => 50;
    public string Kind => "bill";
    public IReadOnlyList<LocalName> SearchedBy { get; } = [LocalName.Of<FeeSectionsText>("SearchedBy")];
    public int MaxHits => 5;
    public int MaxHitsBesideOthers => 2;

    public bool IsFor(Actor actor) => actor.IsOffice;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        var number = typed.Trim().ToUpperInvariant();
        if (!user.Actor.IsOffice || number.Length < ShortestNumber || !IsNumber(number)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        if (number.StartsWith(PaymentLimits.PaidOut, StringComparison.Ordinal)) return await PaidOutAsync(db, number, take, ct);
        var kinds = db.FeeKinds;
        // A pattern would read every bill.
        var end = number + "~";
        var bills = await db.Bills.AsNoTracking().Where(b => b.Number.CompareTo(number) >= 0 && b.Number.CompareTo(end) < 0).OrderBy(b => b.Number).Take(take)
            .Join(kinds, b => b.FeeKindId, k => k.Id, (b, k) => new { b.Id, b.Number, b.Period, b.AmountFen, Kind = new LocalName(k.Name, k.NameEn) })
            .ToListAsync(ct);
        var orders = await db.Set<PaymentOrder>().AsNoTracking().Where(o => o.ReceiptNumber == number || o.Number == number).Take(take)
            .Select(o => new { o.AccountId, Number = o.ReceiptNumber ?? o.Number, o.AmountFen }).ToListAsync(ct);
        return
        [
            .. bills.Select(b => new SearchHit(
                FormattableString.Invariant($"fees/bills/{b.Id}"), b.Number, b.Number, $"{b.Kind} {b.Period}", new Money(b.AmountFen).ToString())),
            .. orders.Select(o => new SearchHit(
                FormattableString.Invariant($"fees/accounts/{o.AccountId}"), o.Number, o.Number, new Money(o.AmountFen).ToString(), "")),
        ];
    }

    private static async Task<IReadOnlyList<SearchHit>> PaidOutAsync(LogisticsDb db, string number, int take, CancellationToken ct)
    {
        var found = await db.PaymentRefunds.AsNoTracking().Where(r => r.ReceiptNumber == number).Take(take)
            .Select(r => new { r.Attempt.Order.AccountId, r.AmountFen }).ToListAsync(ct);
        return [.. found.Select(r => new SearchHit(PaymentAddresses.Account(r.AccountId), number, number, new Money(r.AmountFen).ToString(), ""))];
    }

    /// <summary>Whether it may be the number of a bill (账单), an order, a receipt or a refund in cash.</summary>
    private static bool IsNumber(string typed) =>
        typed is ['Z', 'D', >= '0' and <= '9', ..] or ['C', 'Z', >= '0' and <= '9', ..] or ['S', 'J', >= '0' and <= '9', ..]
            or ['T', 'P', >= '0' and <= '9', ..];
}
