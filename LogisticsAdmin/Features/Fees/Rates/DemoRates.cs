using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>Prices of several years that a campus might have. Development only; loaded once, where there are none.</summary>
internal sealed class DemoRates(OfficeTime office) : IReferenceRows
{
    public bool IsDemo => true;

    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.FeeRates.AnyAsync(ct)) return;
        var kinds = await db.FeeKinds.AsNoTracking().ToDictionaryAsync(k => k.Code, k => k.Id, ct);
        var admins = from p in db.Users
                     join r in db.UserRoles on p.Id equals r.UserId
                     where r.RoleId == (long)Role.Administrator
                     orderby p.Id
                     select p.Id;
        if (await admins.FirstOrDefaultAsync(ct) is not (> 0 and var by)) return;
        await db.WriteAsync(token =>
        {
            // The newest first: a rate is stored after the one that superseded it.
            List<FeeRate> rates = [.. Rows().Where(r => kinds.ContainsKey(r.Kind)).OrderByDescending(r => r.First).Select(r => new FeeRate(
                kinds[r.Kind], r.Scope, r.First, r.Rule, r.Reason, r.Document, by, PublishedFor(r.First)))];
            var mistaken = rates.Find(r => r.FirstDay == Withdrawn);
            mistaken?.Withdraw(by, mistaken.PublishedAt.AddDays(12), "调价批复未到");
            using var bulk = new BulkWriter(db);
            var next = bulk.NextId<FeeRate>();
            foreach (var scope in rates.Index().Where(r => r.Item.WithdrawnAt is null).GroupBy(r => (r.Item.KindId, r.Item.Scope)))
            {
                foreach (var (successor, former) in scope.Zip(scope.Skip(1)))
                    former.Item.MarkSuperseded(next + successor.Index, by, successor.Item.PublishedAt);
            }
            bulk.AddUnaudited(rates, token);
            return Task.CompletedTask;
        }, ct);
    }

    private static readonly DateOnly Withdrawn = new(2026, 7, 1);

    // A month before it begins; what begins later than that was published some days ago.
    private DateTimeOffset PublishedFor(DateOnly first)
    {
        var usual = office.At(first.AddDays(-31), new TimeOnly(9, 30));
        return usual < office.Now ? usual : office.Now.AddDays(-3);
    }

    private IEnumerable<Row> Rows()
    {
        var next = new DateOnly(office.Today.Year + 1, 1, 1);
        yield return Electricity(new DateOnly(2021, 9, 1), 0.4583m, 8, "随省网目录电价调整", "校后〔2021〕22号");
        yield return Electricity(new DateOnly(2023, 1, 1), 0.4883m, 10, "代理购电价格上调", "校后〔2022〕36号");
        yield return Electricity(new DateOnly(2024, 9, 1), 0.4943m, 10, "执行新的居民合表电价", "校后〔2024〕18号");
        yield return Electricity(Withdrawn, 0.5283m, 10, "拟随夏季电价调整", "校后〔2026〕17号");
        yield return Electricity(next, 0.5123m, 10, "省发改委调整居民合表电价", "校后〔2026〕41号");
        yield return Water("cold-water", new DateOnly(2021, 9, 1), 2.60m, 3.90m, "执行市自来水阶梯水价", "校后〔2021〕23号");
        yield return Water("cold-water", new DateOnly(2024, 1, 1), 2.80m, 4.20m, "市自来水价格调整", "校后〔2023〕40号");
        yield return Flat("hot-water", new DateOnly(2021, 9, 1), 20m, "热水系统投用", "校后〔2021〕24号");
        yield return Flat("hot-water", new DateOnly(2023, 9, 1), 18m, "改用空气源热泵，成本下降", "校后〔2023〕29号");
        yield return Flat("gas", new DateOnly(2022, 3, 1), 2.53m, "执行居民用气价格", "校后〔2022〕8号");
        yield return Flat("gas", new DateOnly(2025, 4, 1), 2.66m, "天然气价格联动", "校后〔2025〕11号");
        yield return Flat("property", new DateOnly(2022, 1, 1), 0.80m, "物业服务招标定价", "校后〔2021〕31号");
        yield return Flat("property", new DateOnly(2025, 1, 1), 0.95m, "物业服务合同续签", "校后〔2024〕27号");
        yield return Rooms(4, 1_200);
        yield return Rooms(6, 900);
        yield return Rooms(8, 750);
        yield return Flat("internet", new DateOnly(2021, 9, 1), 40m, "校园网计费标准", "校后〔2021〕25号");
        yield return Flat("internet", new DateOnly(2024, 9, 1), 30m, "运营商让利", "校后〔2024〕19号");
    }

    private static Row Electricity(DateOnly first, decimal price, decimal quota, string reason, string document) => new(
        "electricity", RateScope.Everywhere, first,
        PriceRule.Flat(price, new FreeQuota(quota, QuotaBasis.Person, BillingCycle.Month, [], CarriesOver: false)), reason, document);

    private static Row Water(string kind, DateOnly first, decimal price, decimal beyond, string reason, string document) => new(
        kind, RateScope.Everywhere, first, new PriceRule([new PriceStep(12, price), new PriceStep(null, beyond)]), reason, document);

    private static Row Flat(string kind, DateOnly first, decimal price, string reason, string document) =>
        new(kind, RateScope.Everywhere, first, PriceRule.Flat(price), reason, document);

    private static Row Rooms(int beds, decimal price) => new(
        "accommodation", RateScope.OfType(RoomKind.Bedroom, beds), new DateOnly(2021, 9, 1), PriceRule.Flat(price),
        "省物价局核定的住宿费标准", "校后〔2021〕20号");

    private sealed record Row(string Kind, RateScope Scope, DateOnly First, PriceRule Rule, string Reason, string Document);
}
