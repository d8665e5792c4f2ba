using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>The rates of one kind with the resident groups and terms that decide which one applies and what its quota is.</summary>
internal sealed class PriceFacts
{
    private readonly FeeKind _kind;
    private readonly RateBook _book;
    private readonly ILookup<long, Membership> _groups;
    private readonly IReadOnlyList<DateOnly> _breakEnds;

    private PriceFacts(FeeKind kind, RateBook book, ILookup<long, Membership> groups, IReadOnlyList<DateOnly> breakEnds) =>
        (_kind, _book, _groups, _breakEnds) = (kind, book, groups, breakEnds);

    public static async Task<PriceFacts> LoadAsync(LogisticsDb db, FeeKind kind, CancellationToken ct)
    {
        var rates = await db.FeeRates.AsNoTracking().Where(r => r.KindId == kind.Id && r.WithdrawnAt == null).ToListAsync(ct);
        var groups = rates.Select(r => RateScope.Parse(r.Scope)).Where(s => s.Kind == RateScopeKind.Group).Select(s => s.Id).Distinct().ToList();
        var members = groups.Count == 0 ? [] : await db.ResidentGroupMembers.AsNoTracking().Where(m => groups.Contains(m.GroupId))
            .Select(m => new Membership(m.GroupId, m.PersonId, m.FirstDay, m.LastDay)).ToListAsync(ct);
        var spans = db.Set<CalendarSpan>();
        var breaks = await spans.Where(s => s.Kind == SpanKind.TermBreak).OrderBy(s => s.To).Select(s => s.To).ToListAsync(ct);
        return new PriceFacts(kind, new RateBook(rates.Select(r => r.Fact)), members.ToLookup(m => m.PersonId), breaks);
    }

    /// <summary>A group's price applies to a room when everybody who lived there belonged to the group throughout.</summary>
    public IReadOnlyList<RateSpan> OfRoom(RoomFacts room, IReadOnlyList<PersonDays> people, DateOnly first, DateOnly last)
    {
        IReadOnlyList<long> groups = people.Count == 0
            ? []
            : [.. people.Select(p => _groups[p.PersonId].Where(m => m.Covers(first, last)).Select(m => m.GroupId)).Aggregate((all, own) => all.Intersect(own))];
        return _book.Between(_kind.Id, room.Subject(groups), first, last);
    }

    /// <summary>A person's rates day by day: of the room where they lived, and of the groups that they belonged to. Other days have none.</summary>
    public IReadOnlyList<RateSpan> OfPerson(
        long person, IEnumerable<Stay> stays, IReadOnlyDictionary<long, RoomFacts> rooms, DateOnly periodFirst, DateOnly periodLast)
    {
        List<RateSpan> rates = [];
        foreach (var stay in stays.OrderBy(s => s.First))
        {
            var first = Latest(stay.First, Next());
            var last = stay.MovedOut is { } left && left <= periodLast ? left.AddDays(-1) : periodLast;
            if (last < first) continue;
            Skip(first.AddDays(-1));
            foreach (var (from, to) in Pieces(person, first, last))
            {
                List<long> groups = [.. _groups[person].Where(m => m.Covers(from, to)).Select(m => m.GroupId)];
                rates.AddRange(_book.Between(_kind.Id, rooms[stay.RoomId].Subject(groups), from, to));
            }
        }
        Skip(periodLast);
        return rates;

        DateOnly Next() => rates.Count == 0 ? periodFirst : rates[^1].Last.AddDays(1);

        void Skip(DateOnly last)
        {
            if (Next() <= last) rates.Add(new RateSpan(null, PriceRule.None, Next(), last));
        }
    }

    /// <summary>What earlier bills used of the steps of the year and of the quota, and what the period before left over.</summary>
    public (decimal PricedBefore, decimal QuotaUsedBefore, decimal QuotaCarried) Used(
        IReadOnlyList<BilledBefore> before, DateOnly periodFirst, IReadOnlyList<RateSpan> rates)
    {
        var year = new DateOnly(periodFirst.Year, 1, 1);
        var priced = before.Where(b => b.PeriodFirst >= year && b.PeriodFirst < periodFirst).Sum(b => b.Priced);
        var quotaPeriod = rates.Select(r => r.Rule.Quota?.Period).FirstOrDefault(p => p is not null) ?? BillingCycle.Month;
        var quotaFrom = quotaPeriod switch
        {
            BillingCycle.Year => year,
            BillingCycle.Term => TermStart(periodFirst),
            _ => periodFirst,
        };
        var used = before.Where(b => b.PeriodFirst >= quotaFrom && b.PeriodFirst < periodFirst).Sum(b => b.QuotaUsed);
        return (priced, used, before.Where(b => b.PeriodFirst < quotaFrom).MaxBy(b => b.PeriodFirst)?.QuotaLeft ?? 0);
    }

    // The days on which the person's groups stay the same.
    private IEnumerable<(DateOnly First, DateOnly Last)> Pieces(long person, DateOnly first, DateOnly last)
    {
        var starts = _groups[person].SelectMany(m => m.Last is { } end ? [m.First, end.AddDays(1)] : new[] { m.First })
            .Where(day => first < day && day <= last).Prepend(first).Distinct().Order().ToList();
        return starts.Select((day, i) => (day, i + 1 < starts.Count ? starts[i + 1].AddDays(-1) : last));
    }

    private DateOnly TermStart(DateOnly day)
    {
        var before = _breakEnds.Where(end => end < day).ToList();
        return before.Count > 0 ? before[^1].AddDays(1) : new DateOnly(day.Year, 1, 1);
    }

    private static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
