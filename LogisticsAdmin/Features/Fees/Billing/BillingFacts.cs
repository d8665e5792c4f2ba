using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// Reads, for many rooms or people at once, what their bills of one kind and period are computed from. <paramref name="leaving"/>: for the part of
/// somebody who moves out before the period is billed.
/// </summary>
internal sealed class BillingFacts(LogisticsDb db, OfficeTime office, FeeKind kind, FeePeriod period, PriceFacts prices, Leaving? leaving = null)
{
    /// <summary>A reading taken so many days after the end of a period still ends it.</summary>
    public const int GraceDays = 5;

    /// <summary>The most ids in one query.</summary>
    public const int Batch = 500;

    public static async Task<BillingFacts> LoadAsync(
        LogisticsDb db, OfficeTime office, FeeKind kind, FeePeriod period, CancellationToken ct, Leaving? leaving = null) =>
        new(db, office, kind, period, await PriceFacts.LoadAsync(db, kind, ct), leaving);

    /// <summary>The ids of the next rooms or people that may get a bill, in ascending order.</summary>
    public async Task<IReadOnlyList<long>> NextAsync(long after, int take, CancellationToken ct) =>
        await Subjects(after).OrderBy(id => id).Take(take).ToListAsync(ct);

    public Task<int> CountAsync(CancellationToken ct) => Subjects(0).CountAsync(ct);

    /// <summary>One case for each id, in their order. At most <see cref="Batch"/> ids.</summary>
    public Task<IReadOnlyList<BillCase>> ReadAsync(IReadOnlyList<long> ids, CancellationToken ct) =>
        kind.Payer == FeePayer.Person ? PeopleAsync(ids, ct) : RoomsAsync(ids, ct);

    /// <summary>The rooms with these ids.</summary>
    public static async Task<Dictionary<long, RoomFacts>> RoomFactsAsync(LogisticsDb db, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var (rooms, found) = (db.Set<Room>(), new Dictionary<long, RoomFacts>());
        foreach (var chunk in ids.Distinct().Chunk(Batch))
        {
            var some = rooms.AsNoTracking().Where(r => EF.Parameter(chunk).Contains(r.Id)).Select(r => new RoomFacts(
                r.Id, r.Kind, r.Beds.Count(b => b.RetiredAt == null), r.BuildingId, r.Building.CampusId, r.Area));
            foreach (var room in await some.ToListAsync(ct)) found[room.Id] = room;
        }
        return found;
    }

    /// <summary>Who lived where on which days, in the office's time zone.</summary>
    public static async Task<IReadOnlyList<Stay>> StaysAsync(
        LogisticsDb db, OfficeTime office, Expression<Func<Occupancy, bool>> which, CancellationToken ct)
    {
        var stays = await db.Set<Occupancy>().AsNoTracking().Where(which).Select(o => new { o.PersonId, o.RoomId, o.From, o.Until }).ToListAsync(ct);
        return [.. stays.Select(o => new Stay(o.PersonId, o.RoomId, office.DayOf(o.From), o.Until is { } until ? office.DayOf(until) : null))];
    }

    // Asked of the tables of rooms and people, in the order of their ids: a run reads only as many as it takes.
    private IQueryable<long> Subjects(long after)
    {
        var (rooms, meters, stays) = (db.Set<Room>(), db.Set<Meter>(), db.Set<Occupancy>());
        if (kind.IsMetered)
        {
            // The kind of each meter is looked up: as a join, the database would begin with all meters of the kind.
            var parts = db.MeterRooms.Where(p => meters.Where(m => m.Id == p.MeterId).Select(m => m.KindId).First() == kind.Id);
            return rooms.Where(r => r.Id > after && parts.Any(p => p.RoomId == r.Id)).Select(r => r.Id);
        }
        if (kind.Payer == FeePayer.Room) return rooms.Where(r => r.Id > after && r.RetiredAt == null).Select(r => r.Id);
        var (from, until) = (office.At(period.First, default), office.At(period.Last.AddDays(1), default));
        return db.Users.Where(p => p.Id > after && stays.Any(o => o.PersonId == p.Id && o.From < until && (o.Until == null || o.Until > from)))
            .Select(p => p.Id);
    }

    private async Task<IReadOnlyList<BillCase>> RoomsAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        var rooms = await RoomFactsAsync(db, ids, ct);
        var before = (await BeforeAsync([.. ids.Select(LedgerAccount.RoomKey)], ct)).ToLookup(b => b.Subject);
        var meters = kind.IsMetered ? await MetersAsync(ids, ct) : null;
        // Stays that ended before the first day that any of these bills counts are not read.
        var openings = meters?.SelectMany(m => m).OfType<MeterProof>().Select(m => m.OpeningDay) ?? [];
        var from = office.At(openings.DefaultIfEmpty(period.First).Min(), default);
        var stays = Known(await StaysAsync(
            db, office, o => EF.Parameter(ids).Contains(o.RoomId) && (o.Until == null || o.Until >= from), ct)).ToLookup(s => s.RoomId);
        var settled = (await SettledAsync(db, kind.Id, [.. ids.Select(LedgerAccount.RoomKey)], ct)).ToLookup(s => s.Subject);
        return
        [
            .. ids.AsParallel().AsOrdered().Select(id => (Id: id, Key: LedgerAccount.RoomKey(id)))
                .Select(r => CaseOf(rooms[r.Id], [.. stays[r.Id]], [.. before[r.Key]], meters?[r.Id].ToList(), [.. settled[r.Key]])),
        ];
    }

    private BillCase CaseOf(
        RoomFacts room, IReadOnlyList<Stay> stays, IReadOnlyList<BilledBefore> before, List<MeterProof?>? meters, IReadOnlyList<SettledShare> settled)
    {
        var subject = LedgerAccount.RoomKey(room.Id);
        if (IsBilled(before)) return LeftOut(LeftOutReason.Billed);
        if (meters is not null && (meters.Count == 0 || meters.Contains(null))) return LeftOut(LeftOutReason.NoReading);
        if (kind.Measure == FeeMeasure.Area && room.Area is null) return LeftOut(LeftOutReason.NoArea);
        var (first, last) = meters is null
            ? (period.First, period.Last)
            : (meters.Min(m => m!.OpeningDay).AddDays(1), meters.Max(m => m!.ClosingDay));
        var presence = Presence.Of(stays, first, last);
        var rates = prices.OfRoom(room, presence.People, first, last);
        if (rates.All(r => r.RateId is null)) return LeftOut(LeftOutReason.NoRate);
        var basis = kind.Measure == FeeMeasure.Area ? room.Area!.Value : 1;
        var proof = ProofOf([.. (meters ?? []).OfType<MeterProof>()], basis, first, last, rates, presence, before);
        if (settled.Count > 0) proof = Settle(proof, stays, settled);
        return IsTooHigh(proof) ? LeftOut(LeftOutReason.TooHigh) : new BillCase(room.Id, subject, room.Id, null, proof, null);

        BillCase LeftOut(LeftOutReason reason) => new(room.Id, subject, room.Id, null, null, reason);
    }

    private async Task<IReadOnlyList<BillCase>> PeopleAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        var stays = Known(await StaysAsync(db, office, o => EF.Parameter(ids).Contains(o.PersonId), ct));
        var rooms = await RoomFactsAsync(db, [.. stays.Select(s => s.RoomId)], ct);
        var before = (await BeforeAsync([.. ids.Select(LedgerAccount.PersonKey)], ct)).ToLookup(b => b.Subject);
        var byPerson = stays.ToLookup(s => s.PersonId);
        return [.. ids.AsParallel().AsOrdered().Select(id => CaseOf(id, [.. byPerson[id]], rooms, [.. before[LedgerAccount.PersonKey(id)]]))];
    }

    private BillCase CaseOf(long person, IReadOnlyList<Stay> stays, Dictionary<long, RoomFacts> rooms, IReadOnlyList<BilledBefore> before)
    {
        var subject = LedgerAccount.PersonKey(person);
        if (IsBilled(before)) return LeftOut(LeftOutReason.Billed);
        var rates = prices.OfPerson(person, stays, rooms, period.First, period.Last);
        if (rates.All(r => r.RateId is null)) return LeftOut(LeftOutReason.NoRate);
        // The days without a stay have no rate; they are nobody else's.
        var presence = Presence.Of(stays, period.First, period.Last) with { EmptyDays = 0 };
        var proof = ProofOf([], 1, period.First, period.Last, rates, presence, before);
        return IsTooHigh(proof) ? LeftOut(LeftOutReason.TooHigh) : new BillCase(person, subject, null, person, proof, null);

        BillCase LeftOut(LeftOutReason reason) => new(person, subject, null, person, null, reason);
    }

    // What was settled at moving out stays as it is, and its days are not divided again.
    private static BillProof Settle(BillProof proof, IReadOnlyList<Stay> stays, IReadOnlyList<SettledShare> settled)
    {
        List<SettledShare> met = [.. settled.Where(s => s.First <= s.Last && s.First <= proof.Last && proof.First <= s.Last)];
        if (proof.IsDeferred || met.Count == 0) return proof;
        var open = Presence.Of(stays, proof.First, proof.Last, (person, day) => met.Exists(s => s.Covers(person, day)));
        var openDays = open.People.ToDictionary(p => p.PersonId, p => p.Days);
        var gone = met.Select(s => s.PersonId).Distinct().Where(id => proof.People.All(p => p.PersonId != id)).Select(id => new PersonDays(id, 0));
        IReadOnlyList<PersonDays> people = [.. proof.People.Concat(gone).OrderBy(p => p.PersonId)];
        IReadOnlyList<SettledPart> parts =
        [
            .. from share in met
               group share by share.PersonId into own
               let person = people.Single(p => p.PersonId == own.Key)
               select new SettledPart(
                   own.Key, person.Days - openDays.GetValueOrDefault(own.Key), own.Sum(s => s.PartOf(proof.First, proof.Last)).Fen),
        ];
        return proof with { People = people, Settlement = new Settlement(proof.Charge().Amount.Fen, parts, open.EmptyDays) };
    }

    /// <summary>What was settled of a kind by people who moved out, tracked, so that bills can take it.</summary>
    public static async Task<IReadOnlyList<SettledShare>> SettledAsync(
        LogisticsDb db, long kindId, IReadOnlyList<string> subjects, CancellationToken ct)
    {
        var (all, found) = (db.SettledShares.Where(s => s.FeeKindId == kindId && s.TakenBackAt == null), new List<SettledShare>());
        if (!await all.AnyAsync(ct)) return found;
        foreach (var some in subjects.Chunk(Batch))
            found.AddRange(await all.Where(s => EF.Parameter(some).Contains(s.Subject)).OrderBy(s => s.Id).ToListAsync(ct));
        return found;
    }

    private IReadOnlyList<Stay> Known(IReadOnlyList<Stay> stays) => leaving is not { } who ? stays
        : [.. stays.Select(s => s.PersonId == who.PersonId && !(s.MovedOut <= who.Day) ? s with { MovedOut = who.Day } : s)];

    // Bills follow each other: none is made for days that one stands for, nor before the last one.
    private bool IsBilled(IReadOnlyList<BilledBefore> before) => before.Any(b => b.PeriodLast >= period.First);

    private static bool IsTooHigh(BillProof proof) => proof.Charge().Exact > FeesLimits.Amount;

    private BillProof ProofOf(
        IReadOnlyList<MeterProof> meters, decimal basis, DateOnly first, DateOnly last, IReadOnlyList<RateSpan> rates, Presence presence,
        IReadOnlyList<BilledBefore> before)
    {
        var (priced, used, carried) = prices.Used(before, period.First, rates);
        return new BillProof(
            meters, basis, first, last, MonthsOf(first, before), [.. rates.Select(RateProof.Of)], presence.People, presence.EmptyDays, priced, used, carried);
    }

    // Months without a bill of their own, or with one that charged nothing yet, bring their quota and steps to this bill.
    private IReadOnlyList<DateOnly> MonthsOf(DateOnly first, IReadOnlyList<BilledBefore> before)
    {
        if (kind is not { IsMetered: true, Cycle: BillingCycle.Month }) return period.Months;
        var newest = before.Where(b => !b.IsDeferred).MaxBy(b => b.PeriodLast);
        var from = newest?.PeriodLast.AddDays(1) ?? first.AddDays(GraceDays);
        return from <= period.First ? FeePeriod.MonthsBetween(from, period.Last) : period.Months;
    }

    private async Task<IReadOnlyList<BilledBefore>> BeforeAsync(IReadOnlyList<string> subjects, CancellationToken ct)
    {
        var from = new DateOnly(period.First.Year - 1, 1, 1);
        // Without the sum, and with an order, the database would go through all bills of the kind instead of those of the subjects.
        var all = await db.Bills.AsNoTracking()
            .Where(b => EF.Parameter(subjects).Contains(b.Subject) && b.FeeKindId + 0 == kind.Id && b.PeriodLast >= from)
            .Select(b => new
            {
                b.Id,
                b.Period,
                b.Kind,
                b.AmountFen,
                Root = b.CorrectsId ?? b.Id,
                Before = new BilledBefore(b.Subject, b.PeriodFirst, b.PeriodLast, b.IsDeferred, b.Priced, b.QuotaUsed, b.QuotaLeft),
            }).ToListAsync(ct);
        var bills = all.OrderBy(b => b.Id).ToList();
        // An imported charge that was taken back, or is of a later period, keeps nothing from being billed.
        var ignored = bills.GroupBy(b => b.Root).Where(g => g.First() is { Kind: BillKind.Manual } imported
            && (imported.Before.PeriodFirst > period.Last || g.Sum(b => b.AmountFen) == 0)).Select(g => g.Key).ToHashSet();
        // A correction says what the bill should have been; the newest counts.
        return [.. bills.Where(b => !ignored.Contains(b.Root)).GroupBy(b => (b.Before.Subject, b.Period)).Select(g => g.Last().Before)];
    }

    /// <summary>The meters of each room with what is to be counted; null for one without a reading since the last bill.</summary>
    private async Task<ILookup<long, MeterProof?>> MetersAsync(IReadOnlyList<long> ids, CancellationToken ct)
    {
        // A meter that is installed on the day of leaving counts nothing yet.
        var until = leaving?.Day ?? period.Last.AddDays(GraceDays);
        var lastStart = leaving is { } who && who.Day <= period.Last ? who.Day.AddDays(-1) : period.Last;
        // Without the sum, the database would go through all meters of the kind instead of those of the rooms.
        var own = await db.MeterRooms.AsNoTracking().Where(r => EF.Parameter(ids).Contains(r.RoomId) && r.FirstDay <= lastStart)
            .Join(db.Meters.Where(m => m.KindId + 0 == kind.Id), r => r.MeterId, m => m.Id, (r, m) => new { Room = r, Meter = m }).ToListAsync(ct);
        List<long> meters = [.. own.Select(s => s.Meter.Id).Distinct()];
        List<long> parts = [.. own.Select(s => s.Room.Id)];
        var rooms = (await db.MeterRooms.AsNoTracking().Where(r => EF.Parameter(meters).Contains(r.MeterId)).ToListAsync(ct)).ToLookup(r => r.MeterId);
        var counting = db.MeterReadings.Where(r => EF.Parameter(meters).Contains(r.MeterId) && r.ReplacedAt == null && r.Day <= until);
        var readings = (await counting.Select(r => new { r.MeterId, r.Day, r.Value, r.Source, r.RolledOver }).ToListAsync(ct))
            .OrderBy(r => r.Day).ToLookup(r => r.MeterId, r => new CountingReading(r.Day, r.Value, r.Source, r.RolledOver));
        var all = db.Set<BillMeter>();
        var billed = await all.AsNoTracking()
            .Where(m => EF.Parameter(parts).Contains(m.MeterRoomId) && m.BillId == all.Where(x => x.MeterRoomId == m.MeterRoomId).Max(x => x.BillId))
            .ToDictionaryAsync(m => m.MeterRoomId, ct);
        return own.AsParallel().AsOrdered().Select(s => (s.Room, Part: new MeterPart(s.Meter, s.Room, [.. rooms[s.Meter.Id]], [.. readings[s.Meter.Id]])))
            .Where(p => !p.Part.IsFinished(billed.GetValueOrDefault(p.Room.Id)))
            .Select(p => (p.Room.RoomId, Proof: p.Part.Proof(billed.GetValueOrDefault(p.Room.Id))))
            // Who leaves pays for what was read; what was not is the next bill's.
            .Where(p => leaving is null || p.Proof is not null)
            .ToLookup(p => p.RoomId, p => p.Proof);
    }
}
