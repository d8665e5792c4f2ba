using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Reads, for many rooms or people at once, what their bills of one kind and period are computed from.</summary>
internal sealed class BillingFacts(LogisticsDb db, OfficeTime office, FeeKind kind, FeePeriod period)
{
    /// <summary>A reading taken so many days after the end of a period still ends it.</summary>
    public const int GraceDays = 5;

    /// <summary>The most ids in one query.</summary>
    public const int Batch = 250;

    private RateBook _book = new([]);
    private ILookup<long, Membership> _groups = Array.Empty<Membership>().ToLookup(m => m.PersonId);
    private DateOnly _quotaFrom;

    /// <summary>Reads the rates, groups and terms, which all cases share.</summary>
    public async Task<BillingFacts> LoadAsync(CancellationToken ct)
    {
        var rates = await db.FeeRates.AsNoTracking().Where(r => r.KindId == kind.Id && r.WithdrawnAt == null).ToListAsync(ct);
        _book = new RateBook(rates.Select(r => r.Fact));
        var groups = rates.Select(r => RateScope.Parse(r.Scope)).Where(s => s.Kind == RateScopeKind.Group).Select(s => s.Id).Distinct().ToList();
        if (groups.Count > 0)
        {
            _groups = (await db.ResidentGroupMembers.AsNoTracking().Where(m => groups.Contains(m.GroupId))
                .Select(m => new Membership(m.GroupId, m.PersonId, m.FirstDay, m.LastDay)).ToListAsync(ct)).ToLookup(m => m.PersonId);
        }
        var spans = db.Set<CalendarSpan>();
        var breakBefore = await spans.Where(s => s.Kind == SpanKind.TermBreak && s.To < period.First).OrderByDescending(s => s.To)
            .Select(s => (DateOnly?)s.To).FirstOrDefaultAsync(ct);
        _quotaFrom = breakBefore?.AddDays(1) ?? new DateOnly(period.First.Year, 1, 1);
        return this;
    }

    /// <summary>The ids of the next rooms or people that may get a bill, in ascending order.</summary>
    public async Task<IReadOnlyList<long>> NextAsync(long after, int take, CancellationToken ct) =>
        await Subjects().Where(id => id > after).OrderBy(id => id).Take(take).ToListAsync(ct);

    public Task<int> CountAsync(CancellationToken ct) => Subjects().CountAsync(ct);

    /// <summary>One case for each id, in their order. At most <see cref="Batch"/> ids.</summary>
    public Task<IReadOnlyList<BillCase>> ReadAsync(IReadOnlyList<long> ids, CancellationToken ct) =>
        kind.Payer == FeePayer.Person ? PeopleAsync(ids, ct) : RoomsAsync(ids, ct);

    private IQueryable<long> Subjects()
    {
        if (kind.IsMetered)
            return db.MeterRooms.Where(r => db.Set<Meter>().Any(m => m.Id == r.MeterId && m.KindId == kind.Id)).Select(r => r.RoomId).Distinct();
        if (kind.Payer == FeePayer.Room) return db.Set<Room>().Where(r => r.RetiredAt == null).Select(r => r.Id);
        var (from, until) = (office.At(period.First, default), office.At(period.Last.AddDays(1), default));
        return db.Set<Occupancy>().Where(o => o.From < until && (o.Until == null || o.Until > from)).Select(o => o.PersonId).Distinct();
    }

    private async Task<IReadOnlyList<BillCase>> RoomsAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        var rooms = await RoomFactsAsync(ids, ct);
        var stays = (await StaysAsync(o => ids.Contains(o.RoomId), ct)).ToLookup(s => s.RoomId);
        var before = (await BeforeAsync([.. ids.Select(LedgerAccount.RoomKey)], ct)).ToLookup(b => b.Subject);
        var meters = kind.IsMetered ? await MetersAsync(ids, ct) : null;
        return [.. ids.Select(id => CaseOf(rooms[id], [.. stays[id]], [.. before[LedgerAccount.RoomKey(id)]], meters?[id].ToList()))];
    }

    private BillCase CaseOf(RoomFacts room, IReadOnlyList<Stay> stays, IReadOnlyList<BilledBefore> before, List<MeterProof?>? meters)
    {
        var subject = LedgerAccount.RoomKey(room.Id);
        // Bills of the room follow each other: none is made for a period before the last one.
        if (before.Any(b => string.CompareOrdinal(b.Period, period.Code) >= 0)) return LeftOut(LeftOutReason.Billed);
        if (meters is not null && (meters.Count == 0 || meters.Contains(null))) return LeftOut(LeftOutReason.NoReading);
        if (kind.Measure == FeeMeasure.Area && room.Area is null) return LeftOut(LeftOutReason.NoArea);
        var (first, last) = meters is null
            ? (period.First, period.Last)
            : (meters.Min(m => m!.OpeningDay).AddDays(1), meters.Max(m => m!.ClosingDay));
        var presence = Presence.Of(stays, first, last);
        var rates = _book.Between(kind.Id, room.Subject(GroupsOfAll(presence, first, last)), first, last);
        if (rates.All(r => r.RateId is null)) return LeftOut(LeftOutReason.NoRate);
        return new BillCase(room.Id, subject, room.Id, null, ProofOf(
            [.. (meters ?? []).OfType<MeterProof>()], kind.Measure == FeeMeasure.Area ? room.Area!.Value : 1, first, last, rates, presence, before), null);

        BillCase LeftOut(LeftOutReason reason) => new(room.Id, subject, room.Id, null, null, reason);
    }

    private async Task<IReadOnlyList<BillCase>> PeopleAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        var stays = await StaysAsync(o => ids.Contains(o.PersonId), ct);
        Dictionary<long, RoomFacts> rooms = [];
        foreach (var chunk in stays.Select(s => s.RoomId).Distinct().Chunk(Batch))
            foreach (var (id, room) in await RoomFactsAsync(chunk, ct)) rooms[id] = room;
        var before = (await BeforeAsync([.. ids.Select(LedgerAccount.PersonKey)], ct)).ToLookup(b => b.Subject);
        var byPerson = stays.ToLookup(s => s.PersonId);
        return [.. ids.Select(id => CaseOf(id, [.. byPerson[id]], rooms, [.. before[LedgerAccount.PersonKey(id)]]))];
    }

    private BillCase CaseOf(long person, IReadOnlyList<Stay> stays, Dictionary<long, RoomFacts> rooms, IReadOnlyList<BilledBefore> before)
    {
        var subject = LedgerAccount.PersonKey(person);
        if (before.Any(b => string.CompareOrdinal(b.Period, period.Code) >= 0)) return LeftOut(LeftOutReason.Billed);
        var presence = Presence.Of(stays, period.First, period.Last);
        List<RateSpan> rates = [];
        foreach (var stay in stays.OrderBy(s => s.First))
        {
            var first = Later(stay.First, period.First);
            var last = stay.MovedOut is { } left && left <= period.Last ? left.AddDays(-1) : period.Last;
            if (last < first) continue;
            if (Next(rates) < first) rates.Add(new RateSpan(null, PriceRule.None, Next(rates), first.AddDays(-1)));
            List<long> groups = [.. _groups[person].Where(m => m.Covers(first, last)).Select(m => m.GroupId)];
            rates.AddRange(_book.Between(kind.Id, rooms[stay.RoomId].Subject(groups), first, last));
        }
        if (Next(rates) <= period.Last) rates.Add(new RateSpan(null, PriceRule.None, Next(rates), period.Last));
        if (rates.All(r => r.RateId is null)) return LeftOut(LeftOutReason.NoRate);
        return new BillCase(person, subject, null, person, ProofOf([], 1, period.First, period.Last, rates, presence with { EmptyDays = 0 }, before), null);

        DateOnly Next(List<RateSpan> spans) => spans.Count == 0 ? period.First : spans[^1].Last.AddDays(1);

        BillCase LeftOut(LeftOutReason reason) => new(person, subject, null, person, null, reason);
    }

    private BillProof ProofOf(
        IReadOnlyList<MeterProof> meters, decimal basis, DateOnly first, DateOnly last, IReadOnlyList<RateSpan> rates, Presence presence,
        IReadOnlyList<BilledBefore> before)
    {
        var newest = before.MaxBy(b => b.Last);
        // Months that were left out bring their quota and steps to the next bill.
        var months = kind is { IsMetered: true, Cycle: BillingCycle.Month } && newest is not null && FeePeriod.Parse(newest.Period) is { } billed
            ? FeePeriod.MonthsBetween(billed.Last.AddDays(1), period.Last)
            : period.Months;
        var quotaPeriod = rates.Select(r => r.Rule.Quota?.Period).FirstOrDefault(p => p is not null);
        var quotaFrom = quotaPeriod == BillingCycle.Term ? _quotaFrom : new DateOnly(period.First.Year, 1, 1);
        return new BillProof(
            meters, basis, first, last, months, [.. rates.Select(r => new RateProof(r.RateId, r.Rule.ToJson(), r.First, r.Last))],
            presence.People, presence.EmptyDays,
            PricedBefore: before.Where(b => FeePeriod.Parse(b.Period)?.StepYear == period.StepYear).Sum(b => b.Priced),
            QuotaUsedBefore: before.Where(b => FeePeriod.Parse(b.Period) is { } p && p.First >= quotaFrom).Sum(b => b.QuotaUsed),
            QuotaCarried: newest?.QuotaLeft ?? 0);
    }

    private async Task<Dictionary<long, RoomFacts>> RoomFactsAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        var rooms = db.Set<Room>();
        return await rooms.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new RoomFacts(
            r.Id, r.Kind, r.Beds.Count(b => b.RetiredAt == null), r.BuildingId, r.Building.CampusId, r.Area)).ToDictionaryAsync(r => r.Id, ct);
    }

    private async Task<IReadOnlyList<Stay>> StaysAsync(Expression<Func<Occupancy, bool>> which, CancellationToken ct)
    {
        var stays = await db.Set<Occupancy>().AsNoTracking().Where(which).Select(o => new { o.PersonId, o.RoomId, o.From, o.Until }).ToListAsync(ct);
        return [.. stays.Select(o => new Stay(o.PersonId, o.RoomId, office.DayOf(o.From), o.Until is { } until ? office.DayOf(until) : null))];
    }

    private async Task<IReadOnlyList<BilledBefore>> BeforeAsync(IReadOnlyList<string> subjects, CancellationToken ct)
    {
        var from = new DateOnly(period.First.Year - 1, 1, 1);
        return await db.Bills.AsNoTracking()
            .Where(b => b.FeeKindId == kind.Id && b.Kind == BillKind.Regular && subjects.Contains(b.Subject) && b.Last >= from)
            .Select(b => new BilledBefore(b.Subject, b.Period, b.First, b.Last, b.Priced, b.QuotaUsed, b.QuotaLeft)).ToListAsync(ct);
    }

    /// <summary>The meters of each room with what is to be counted; null for one without a reading since the last bill.</summary>
    private async Task<ILookup<long, MeterProof?>> MetersAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        var rooms = await db.MeterRooms.AsNoTracking().Where(r => ids.Contains(r.RoomId))
            .Join(db.Meters.Where(m => m.KindId == kind.Id), r => r.MeterId, m => m.Id, (r, m) => new { Room = r, Meter = m }).ToListAsync(ct);
        List<long> meters = [.. rooms.Select(s => s.Meter.Id).Distinct()];
        var shares = (await db.MeterRooms.AsNoTracking().Where(r => meters.Contains(r.MeterId)).ToListAsync(ct)).ToLookup(r => r.MeterId);
        var billed = await db.BillMeters.Where(m => meters.Contains(m.MeterId))
            .Join(db.Bills, m => m.BillId, b => b.Id, (m, b) => new { m.MeterId, b.RoomId, m.ClosingDay })
            .GroupBy(m => new { m.MeterId, m.RoomId }).Select(g => new { g.Key.MeterId, g.Key.RoomId, Day = g.Max(m => m.ClosingDay) }).ToListAsync(ct);
        var billedTo = billed.Where(b => b.RoomId is not null).ToDictionary(b => (b.MeterId, b.RoomId!.Value), b => b.Day);
        var from = meters.TrueForAll(m => billedTo.Keys.Any(k => k.MeterId == m)) && billedTo.Count > 0 ? billedTo.Values.Min() : DateOnly.MinValue;
        var until = period.Last.AddDays(GraceDays);
        var readings = (await db.MeterReadings.AsNoTracking().Where(r => meters.Contains(r.MeterId) && r.Day >= from && r.Day <= until)
            .OrderBy(r => r.Day).ThenBy(r => r.Id).ToListAsync(ct)).ToLookup(r => r.MeterId);
        return rooms.Select(s => (s.Room.RoomId, Part: PartOf(
                s.Meter, s.Room, [.. readings[s.Meter.Id]], billedTo.TryGetValue((s.Meter.Id, s.Room.RoomId), out var day) ? day : null, until,
                [.. shares[s.Meter.Id]])))
            .Where(p => p.Part is not { IsFinished: true }).ToLookup(p => p.RoomId, p => p.Part.Proof);
    }

    /// <summary>
    /// What a room's part of a meter counts from the last bill on. A part that ended and is billed to its end counts no more, and one that began later
    /// does not count yet.
    /// </summary>
    private static (MeterProof? Proof, bool IsFinished) PartOf(
        Meter meter, MeterRoom room, IReadOnlyList<MeterReading> readings, DateOnly? billedTo, DateOnly until, IReadOnlyList<MeterRoom> shares)
    {
        if (room.FirstDay > until) return (null, true);
        var end = room.LastDay is { } last && last < until ? last : until;
        List<MeterReading> counting = [.. readings.Where(r => r.ReplacedAt is null && r.Day <= end)];
        // What was billed to an estimate that no longer counts goes on from it: the next true reading settles it.
        var opening = billedTo is { } day
            ? counting.Find(r => r.Day == day) ?? readings.LastOrDefault(r => r.Day == day)
            : counting.FindLast(r => r.Day <= room.FirstDay) ?? counting.FirstOrDefault();
        if (opening is null || counting.Count == 0 || counting[^1].Day <= opening.Day) return (null, room.LastDay <= until);
        var closing = counting[^1];
        var sum = shares.Where(s => s.FirstDay <= closing.Day && !(s.LastDay < closing.Day)).Sum(s => s.Share);
        return (new MeterProof(
            meter.Id, meter.Number, opening.Day, opening.Value, closing.Day, closing.Value, closing.IsEstimate,
            counting.Count(r => r.RolledOver && r.Day > opening.Day), meter.Digits, meter.Multiplier, room.Share, sum), false);
    }

    private IReadOnlyList<long> GroupsOfAll(Presence presence, DateOnly first, DateOnly last) => presence.People.Count == 0
        ? []
        : [.. presence.People.Select(p => _groups[p.PersonId].Where(m => m.Covers(first, last)).Select(m => m.GroupId))
            .Aggregate((all, own) => all.Intersect(own))];

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private sealed record RoomFacts(long Id, RoomKind Kind, int Beds, long BuildingId, long CampusId, decimal? Area)
    {
        public RateSubject Subject(IReadOnlyList<long> groups) => new(groups, Kind, Beds, BuildingId, CampusId);
    }
}
