using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>Nobody has two prices of the same kind on one day because of two groups. To be called inside a write, after the change was saved.</summary>
internal static class PricedGroups
{
    private const int Named = 5;

    /// <summary>Refuses at the field, with the names of up to five people. <paramref name="kindId"/>: null for all kinds.</summary>
    public static async Task DemandOneEachAsync(LogisticsDb db, long? kindId, string field, CancellationToken ct)
    {
        foreach (var kind in await KindsAsync(db, kindId, ct))
        {
            var names = await PeopleOfTwoAsync(db, kind, ct);
            if (names.Count == 0) continue;
            var comma = Languages.IsChinese(CultureInfo.CurrentUICulture) ? "、" : ", ";
            throw Rejected.At<RatesText>(field, "TwoPricedGroups", string.Join(comma, names.Take(Named)), names.Count);
        }
    }

    private static async Task<List<List<FeeRate>>> KindsAsync(LogisticsDb db, long? kindId, CancellationToken ct)
    {
        var rates = await db.FeeRates.AsNoTracking()
            .Where(r => r.WithdrawnAt == null && r.Scope.StartsWith("group:") && (kindId == null || r.KindId == kindId)).ToListAsync(ct);
        return [.. rates.GroupBy(r => r.KindId).Select(g => g.ToList())];
    }

    private static async Task<List<string>> PeopleOfTwoAsync(LogisticsDb db, List<FeeRate> rates, CancellationToken ct)
    {
        var priced = rates.GroupBy(r => RateScope.Parse(r.Scope).Id).ToDictionary(g => g.Key, g => Days([.. g.OrderBy(r => r.FirstDay)]));
        if (priced.Count < 2) return [];
        List<long> groups = [.. priced.Keys];
        var members = db.ResidentGroupMembers.AsNoTracking().Where(m => groups.Contains(m.GroupId));
        var pairs = await (
            from one in members
            join other in members on one.PersonId equals other.PersonId
            where one.GroupId < other.GroupId
            join person in db.Users on one.PersonId equals person.Id
            orderby person.Id
            select new
            {
                person.Id,
                person.FullName,
                Groups = new { One = one.GroupId, Other = other.GroupId },
                First = one.FirstDay > other.FirstDay ? one.FirstDay : other.FirstDay,
                Last = new { One = one.LastDay, Other = other.LastDay },
            }).ToListAsync(ct);
        return
        [
            .. pairs.Where(p => Meet(priced[p.Groups.One], priced[p.Groups.Other], p.First, Earlier(p.Last.One, p.Last.Other)))
                .DistinctBy(p => p.Id).Select(p => p.FullName),
        ];
    }

    // The days on which the group has a price of its own.
    private static List<(DateOnly First, DateOnly Last)> Days(FeeRate[] rates) =>
    [
        .. rates.Select((r, i) => (Rate: r, Last: i + 1 < rates.Length ? rates[i + 1].FirstDay.AddDays(-1) : DateOnly.MaxValue))
            .Where(r => r.Rate.Rule.SetsPrice).Select(r => (r.Rate.FirstDay, r.Last)),
    ];

    private static DateOnly Earlier(DateOnly? one, DateOnly? other)
    {
        var (first, second) = (one ?? DateOnly.MaxValue, other ?? DateOnly.MaxValue);
        return first < second ? first : second;
    }

    private static bool Meet(List<(DateOnly First, DateOnly Last)> one, List<(DateOnly First, DateOnly Last)> other, DateOnly first, DateOnly last) =>
        one.Exists(a => other.Exists(b => Max(Max(a.First, b.First), first) <= Earlier(Earlier(a.Last, b.Last), last)));

    private static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;
}
