using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Rates;

public sealed partial class RateQueries
{
    private const int ImpactMonths = 12;
    private const int Listed = 10;
    private const int OtherDays = 2;
    private const decimal ExampleQuantity = 100;
    private static readonly RateFormValidator Rules = new();

    /// <summary>
    /// What a room pays on a day, as it was known at a moment or as it is known now. People are those who lived there at the end of the day; the quantity
    /// is that of the newest bill of the room if none is given, or else an example. The whole month, or year, is priced at the rate of the day.
    /// </summary>
    /// <exception cref="NotFound">There is no such kind or room.</exception>
    public async Task<RateExplanation> ExplainAsync(
        long kindId, long roomId, DateOnly day, DateTimeOffset? knownAt = null, decimal? quantity = null, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var kind = await db.FeeKinds.AsNoTracking().FirstOrDefaultAsync(k => k.Id == kindId, ct) ?? throw new NotFound();
        var room = await db.Rooms.AsNoTracking().Where(r => r.Id == roomId).Select(r => new
        {
            r.Kind,
            r.Area,
            r.BuildingId,
            r.Building.CampusId,
            Beds = r.Beds.Count(b => b.RetiredAt == null),
            Building = new LocalName(r.Building.Name, r.Building.NameEn),
            Name = new LocalName(r.Name, r.NameEn),
        }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var end = office.At(day.AddDays(1), TimeOnly.MinValue);
        var people = await db.Occupancies.AsNoTracking().Where(o => o.RoomId == roomId && o.From < end && (o.Until == null || o.Until >= end))
            .Select(o => o.PersonId).Distinct().ToListAsync(ct);
        var rates = await db.FeeRates.AsNoTracking().Where(r => r.KindId == kindId).ToListAsync(ct);
        var book = new RateBook(rates.Select(r => r.Fact), knownAt);
        var subject = new RateSubject(await CommonGroupsAsync(db, people, day, ct), room.Kind, room.Beds, room.BuildingId, room.CampusId);
        var rate = book.At(kindId, subject, day);
        var (used, bill) = quantity is { } asked ? (asked, (string?)null) : await UsageAsync(db, kind, roomId, room.Area, ct);
        var versions = rate is null ? [] : await VersionsAsync(db, kindId, ct);
        return new RateExplanation(
            RoomName(room.Building, room.Name), day, knownAt, versions.Find(v => v.Id == rate?.Id), kind.UnitName, people.Count, used, bill,
            rate is null ? null : ChargeOf(kind, rate.Rule, used, day, people.Count), Others());

        // The nearest before and after, for the same people.
        IReadOnlyList<OtherDay> Others()
        {
            List<(DateOnly Day, RateFact Rate)> begins = [];
            foreach (var first in rates.Select(r => r.FirstDay).Distinct().Order())
            {
                if (book.At(kindId, subject, first) is { } found && found.Id != begins.LastOrDefault().Rate?.Id) begins.Add((first, found));
            }
            var others = begins.Where(b => b.Rate.Id != rate?.Id).ToList();
            return [.. others.Where(o => o.Day <= day).TakeLast(OtherDays).Concat(others.Where(o => o.Day > day).Take(OtherDays))
                .Select(o => new OtherDay(o.Day, ChargeOf(kind, o.Rate.Rule, used, o.Day, people.Count)))];
        }
    }

    /// <summary>
    /// What the price of the form would change with the usage of the bills of the newest twelve months of its kind, compared with what applies on its
    /// first day otherwise. Only rooms and people whom the new price would apply to are counted.
    /// </summary>
    public Task<RateImpact> ImpactAsync(RateForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return ImpactAsync(form.KindId!.Value, form.Scope(), form.FirstDay!.Value, form.Rule(), ct);
    }

    /// <summary>The same for a price that was proposed, or published and begins later.</summary>
    public async Task<RateImpact> ImpactAsync(long kindId, RateScope scope, DateOnly day, PriceRule rule, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var kind = await db.FeeKinds.AsNoTracking().FirstOrDefaultAsync(k => k.Id == kindId, ct) ?? throw new NotFound();
        var facts = (await db.FeeRates.AsNoTracking().Where(r => r.KindId == kindId && r.WithdrawnAt == null).ToListAsync(ct)).ConvertAll(r => r.Fact);
        facts.RemoveAll(f => f.Scope == scope.Key && f.FirstDay == day);
        var proposed = new RateFact(0, kindId, scope.Key, day, rule, office.Now, null);
        var (before, after) = (new RateBook(facts), new RateBook([.. facts, proposed]));
        var bills = await BillsAsync(db, kindId, ct);
        var subjects = await SubjectsAsync(db, kind, scope.Kind == RateScopeKind.Group || facts.Exists(f => IsOfGroup(f.Scope)), day, ct);
        List<Paid> paid = [];
        foreach (var own in bills.GroupBy(b => (b.RoomId, b.PersonId)))
        {
            if (!subjects.TryGetValue(own.Key, out var subject)) continue;
            var (old, next) = (before.At(kindId, subject.Subject, day), after.At(kindId, subject.Subject, day));
            if (next?.Id != 0 && (rule.SetsPrice || old?.Scope != scope.Key)) continue;
            List<PastBill> ordered = [.. own.OrderBy(b => b.First)];
            paid.Add(new Paid(subject, own.Sum(b => b.Usage), Total(old?.Rule ?? PriceRule.None, ordered), Total(next?.Rule ?? PriceRule.None, ordered)));
        }
        return Summed(paid, bills.Select(b => b.Period).Distinct().Sum(p => p.Months.Count));
    }

    private static bool IsOfGroup(string scope) => scope.StartsWith("group:", StringComparison.Ordinal);

    private static RateImpact Summed(List<Paid> paid, int months)
    {
        if (paid.Count == 0 || months == 0) return RateImpact.None;
        return new RateImpact(
            paid.Count(p => p.Subject.IsRoom), paid.Sum(p => p.Subject.People), months, paid.Sum(p => p.Before), paid.Sum(p => p.After),
            paid.Count(p => p.After < p.Before), paid.Count(p => p.After == p.Before), paid.Count(p => p.After > p.Before),
            [.. paid.Where(p => p.After > p.Before).OrderByDescending(p => p.After - p.Before).Take(Listed).Select(Row)],
            [.. paid.Where(p => p.After < p.Before).OrderBy(p => p.After - p.Before).Take(Listed).Select(Row)]);

        ImpactRow Row(Paid p) => new(
            p.Subject.Name, p.Subject.People, decimal.Round(p.Usage / months, 2), Money.Round((p.After - p.Before).Yuan / months));
    }

    // The bills of one room or person at one price, one after the other: what is left of a quota and steps over the year go on.
    private static Money Total(PriceRule rule, List<PastBill> bills)
    {
        var (sum, priced, used, left, carried) = (Money.Zero, 0m, 0m, 0m, 0m);
        DateOnly? last = null;
        foreach (var bill in bills)
        {
            var isNewYear = last?.Year != bill.First.Year;
            if (isNewYear) priced = 0;
            var isNewQuota = rule.Quota?.Period is not { } period || period == BillingCycle.Month || isNewYear
                || (period == BillingCycle.Term && HalfOf(last!.Value) != HalfOf(bill.First));
            if (isNewQuota) (used, carried) = (0, left);
            var input = new ChargeInput(
                Math.Max(0, bill.Usage), bill.First, bill.Last, [new RateSpan(null, rule, bill.First, bill.Last)], bill.PersonDays,
                bill.Period.Months, priced, used, carried);
            var charge = Charge.Of(input);
            sum += charge.Amount;
            (priced, used, left) = (priced + input.Quantity - charge.QuotaUsed, used + charge.QuotaUsed, charge.QuotaLeft);
            last = bill.First;
        }
        return sum;
    }

    // Close enough for a preview: the spring term ends before August.
    private static int HalfOf(DateOnly day) => day.Month < 8 ? 1 : 2;

    private static Charge ChargeOf(FeeKind kind, PriceRule rule, decimal quantity, DateOnly day, int people)
    {
        var first = new DateOnly(day.Year, kind.Cycle == BillingCycle.Year ? 1 : day.Month, 1);
        var last = first.AddMonths(kind.Cycle == BillingCycle.Year ? 12 : 1).AddDays(-1);
        var days = last.DayNumber - first.DayNumber + 1;
        return Charge.Of(new ChargeInput(quantity, first, last, [new RateSpan(null, rule, first, last)], people * days, FeePeriod.MonthsBetween(first, last)));
    }

    private static async Task<(decimal Quantity, string? Bill)> UsageAsync(LogisticsDb db, FeeKind kind, long roomId, decimal? area, CancellationToken ct)
    {
        var bill = await db.Bills.AsNoTracking().Where(b => b.FeeKindId == kind.Id && b.RoomId == roomId && b.Kind == BillKind.Regular)
            .OrderByDescending(b => b.Last).ThenByDescending(b => b.Id).Select(b => new { b.Usage, b.Number }).FirstOrDefaultAsync(ct);
        if (bill is { Usage: >= 0 }) return (bill.Usage, bill.Number);
        return (kind.Measure switch
        {
            FeeMeasure.Unit => 1,
            FeeMeasure.Area when area is { } metres => metres,
            _ => ExampleQuantity,
        }, null);
    }

    // The groups that everybody of a room belongs to on the day.
    private static async Task<IReadOnlyList<long>> CommonGroupsAsync(LogisticsDb db, List<long> people, DateOnly day, CancellationToken ct)
    {
        if (people.Count is 0 or > 500) return [];
        var groups = await db.ResidentGroupMembers.AsNoTracking()
            .Where(m => people.Contains(m.PersonId) && m.FirstDay <= day && (m.LastDay == null || m.LastDay >= day))
            .Select(m => new { m.GroupId, m.PersonId }).Distinct().ToListAsync(ct);
        return [.. groups.GroupBy(g => g.GroupId).Where(g => g.Count() == people.Count).Select(g => g.Key)];
    }

    private static async Task<List<PastBill>> BillsAsync(LogisticsDb db, long kindId, CancellationToken ct)
    {
        var regular = db.Bills.AsNoTracking().Where(b => b.FeeKindId == kindId && b.Kind == BillKind.Regular);
        if (await regular.MaxAsync(b => (DateOnly?)b.First, ct) is not { } newest) return [];
        var since = newest.AddMonths(-ImpactMonths);
        var recent = regular.Where(b => b.First > since);
        var days = await (
            from share in db.BillShares.AsNoTracking()
            join bill in recent on share.BillId equals bill.Id
            group share.Days by share.BillId into own
            select new { own.Key, Days = own.Sum() }).ToDictionaryAsync(d => d.Key, d => d.Days, ct);
        var found = await recent.Select(b => new { b.Id, b.RoomId, b.PersonId, b.Period, b.PeriodFirst, b.PeriodLast, b.First, b.Last, b.Usage })
            .ToListAsync(ct);
        return found.ConvertAll(b => new PastBill(
            b.RoomId, b.PersonId, new FeePeriod(b.Period, b.PeriodFirst, b.PeriodLast), b.First, b.Last, b.Usage,
            days.GetValueOrDefault(b.Id, b.PersonId is null ? 0 : b.Last.DayNumber - b.First.DayNumber + 1)));
    }

    private static async Task<Dictionary<(long? RoomId, long? PersonId), SubjectOf>> SubjectsAsync(
        LogisticsDb db, FeeKind kind, bool withGroups, DateOnly day, CancellationToken ct)
    {
        var rooms = (await db.Rooms.AsNoTracking().Select(r => new
        {
            r.Id,
            r.Kind,
            r.BuildingId,
            r.Building.CampusId,
            Beds = r.Beds.Count(b => b.RetiredAt == null),
            Building = new LocalName(r.Building.Name, r.Building.NameEn),
            Name = new LocalName(r.Name, r.NameEn),
        }).ToListAsync(ct)).ToDictionary(r => r.Id);
        var people = await db.Users.AsNoTracking().Where(p => p.RoomId != null && p.RetiredAt == null)
            .Select(p => new { p.Id, p.RoomId, p.FullName }).ToListAsync(ct);
        ILookup<long, long> groups = Enumerable.Empty<(long Person, long Group)>().ToLookup(m => m.Person, m => m.Group);
        if (withGroups)
        {
            var members = await db.ResidentGroupMembers.AsNoTracking().Where(m => m.FirstDay <= day && (m.LastDay == null || m.LastDay >= day))
                .Select(m => new { m.PersonId, m.GroupId }).ToListAsync(ct);
            groups = members.ToLookup(m => m.PersonId, m => m.GroupId);
        }
        Dictionary<(long?, long?), SubjectOf> subjects = [];
        if (kind.Payer == FeePayer.Person)
        {
            foreach (var person in people)
            {
                if (!rooms.TryGetValue(person.RoomId!.Value, out var room)) continue;
                var subject = new RateSubject([.. groups[person.Id].Distinct()], room.Kind, room.Beds, room.BuildingId, room.CampusId);
                var found = new SubjectOf(subject, new LocalName(person.FullName, person.FullName), 1, IsRoom: false);
                // A bill of a person may also name the room.
                subjects[(null, person.Id)] = found;
                subjects[(person.RoomId, person.Id)] = found;
            }
            return subjects;
        }
        var living = people.ToLookup(p => p.RoomId!.Value, p => p.Id);
        foreach (var room in rooms.Values)
        {
            List<long> own = [.. living[room.Id]];
            var common = own.SelectMany(p => groups[p].Distinct()).GroupBy(g => g).Where(g => g.Count() == own.Count).Select(g => g.Key);
            var subject = new RateSubject([.. common], room.Kind, room.Beds, room.BuildingId, room.CampusId);
            subjects[(room.Id, null)] = new SubjectOf(subject, RoomName(room.Building, room.Name), own.Count, IsRoom: true);
        }
        return subjects;
    }

    private sealed record PastBill(long? RoomId, long? PersonId, FeePeriod Period, DateOnly First, DateOnly Last, decimal Usage, int PersonDays);

    private sealed record SubjectOf(RateSubject Subject, LocalName Name, int People, bool IsRoom);

    private sealed record Paid(SubjectOf Subject, decimal Usage, Money Before, Money After);
}
