using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Computes the statement of a stay by the rules of billing runs, as if the bills were made on the day of leaving.</summary>
internal sealed class MoveOutFacts(LogisticsDb db, OfficeTime office, Occupancy stay, DateOnly leaving)
{
    /// <summary>How many bills are looked at for who owes a room's debt.</summary>
    private const int NewestBills = 60;

    private readonly DateOnly _first = office.DayOf(stay.From), _last = leaving.AddDays(-1);
    private readonly List<MoveOutReading> _readings = [];
    private readonly string _roomKey = LedgerAccount.RoomKey(stay.RoomId), _personKey = LedgerAccount.PersonKey(stay.PersonId);

    public async Task<MoveOutFigures> ReadAsync(CancellationToken ct)
    {
        List<MoveOutLine> lines = [];
        if (_first <= _last)
        {
            var rates = db.FeeRates;
            var priced = db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null && rates.Any(r => r.KindId == k.Id && r.WithdrawnAt == null));
            foreach (var kind in await priced.OrderBy(k => k.Order).ThenBy(k => k.Id).ToListAsync(ct))
                lines.AddRange(kind.IsMetered ? await MeteredAsync(kind, ct) : await FixedAsync(kind, ct));
        }
        var (balance, people, part) = await RoomPartAsync(ct);
        return new MoveOutFigures(leaving, _readings, lines, balance, people, part, await BalanceAsync(_personKey, ct));
    }

    /// <summary>The meters in use that have to be read on the day of leaving; not those that are billed beyond it.</summary>
    public async Task<IReadOnlyList<MoveOutMeter>> MetersAsync(CancellationToken ct)
    {
        var (readings, billed) = (db.MeterReadings, db.BillMeters);
        var meters =
            from part in db.MeterRooms.AsNoTracking()
            where part.RoomId == stay.RoomId && part.LastDay == null
            join meter in db.Meters on part.MeterId equals meter.Id
            where meter.RemovedOn == null && meter.InstalledOn <= leaving
                && !billed.Any(b => b.MeterRoomId == part.Id && b.ClosingDay >= leaving)
            join kind in db.FeeKinds on meter.KindId equals kind.Id
            where kind.RetiredAt == null
            orderby kind.Order, meter.Id
            select new
            {
                meter.Id,
                meter.Number,
                Kind = new LocalName(kind.Name, kind.NameEn),
                Closing = readings.Where(r => r.MeterId == meter.Id && r.ReplacedAt == null && r.Day == leaving).Select(r => new { r.Value, r.Source })
                    .FirstOrDefault(),
            };
        return
        [
            .. (await meters.ToListAsync(ct))
                .Select(m => new MoveOutMeter(m.Id, m.Kind, m.Number, m.Closing?.Value, m.Closing?.Source == ReadingSource.Estimated)),
        ];
    }

    // From the last bill to the reading of the day of leaving, with the quota and steps of the period that is billed next.
    private async Task<IReadOnlyList<MoveOutLine>> MeteredAsync(FeeKind kind, CancellationToken ct)
    {
        var meters = db.Meters;
        if (!await db.MeterRooms.AnyAsync(r => r.RoomId == stay.RoomId && meters.Any(m => m.Id == r.MeterId && m.KindId == kind.Id), ct)) return [];
        var period = await FeePeriods.AtAsync(db, kind.Cycle, _last, ct);
        if (period is not null && await NewestAsync(kind.Id, _roomKey, ct) is { } newest && newest >= period.First)
            period = await FeePeriods.AtAsync(db, kind.Cycle, newest.AddDays(1), ct);
        if (period is null) return [Missing(kind, "", MoveOutGap.NoPeriod)];
        var (found, _) = await CaseAsync(kind, period, stay.RoomId, ct);
        if (found.Proof is not { } proof) return GapOf(kind, period, found.Reason);
        _readings.AddRange(proof.Meters.Select(m => new MoveOutReading(
            kind.LocalName, kind.UnitName, m.Number, m.OpeningDay, m.Opening, m.ClosingDay, m.Closing, m.IsEstimate, m.Usage)));
        return LineOf(kind, period, proof, Latest(_first, proof.First));
    }

    // The periods that were not billed to the payer: the one of the last day, and those behind the newest that was billed to anybody.
    private async Task<IReadOnlyList<MoveOutLine>> FixedAsync(FeeKind kind, CancellationToken ct)
    {
        var isOfRoom = kind.Payer == FeePayer.Room;
        var own = await NewestAsync(kind.Id, isOfRoom ? _roomKey : _personKey, ct);
        var all = await db.Bills.AsNoTracking().Where(b => b.FeeKindId == kind.Id).OrderByDescending(b => b.Period).Select(b => (DateOnly?)b.PeriodLast)
            .FirstOrDefaultAsync(ct);
        var periods = (await FeePeriods.OfferedAsync(db, kind.Cycle, _last, ct))
            .Where(p => p.First <= _last && _first <= p.Last && (p.Last >= _last || p.First > all) && (own is null || p.First > own));
        List<MoveOutLine> lines = [];
        foreach (var period in periods.OrderBy(p => p.First))
        {
            var (found, settled) = await CaseAsync(kind, period, isOfRoom ? stay.RoomId : stay.PersonId, ct);
            if (found.Proof is not { } proof) lines.AddRange(GapOf(kind, period, found.Reason));
            else if (isOfRoom) lines.AddRange(LineOf(kind, period, proof, Latest(_first, period.First)));
            else lines.Add(LineOf(kind, period, proof, period.First, proof.Charge().Amount - settled));
        }
        return lines;
    }

    private async Task<(BillCase Case, Money Settled)> CaseAsync(FeeKind kind, FeePeriod period, long id, CancellationToken ct)
    {
        var facts = await BillingFacts.LoadAsync(db, office, kind, period, ct, new Leaving(stay.PersonId, leaving));
        var found = (await facts.ReadAsync([id], ct)).Single();
        // An earlier stay in the same period may be settled.
        var settled = await BillingFacts.SettledAsync(db, kind.Id, [found.Subject], ct);
        return (found, settled.Where(s => s.First <= period.Last && period.First <= s.Last).Sum(s => s.PartOf(period.First, period.Last)));
    }

    private IReadOnlyList<MoveOutLine> LineOf(FeeKind kind, FeePeriod period, BillProof proof, DateOnly from)
    {
        if (from > _last) return [];
        var (_, parts) = proof.Divide(proof.Charge().Amount);
        var at = proof.People.ToList().FindIndex(p => p.PersonId == stay.PersonId);
        var before = proof.Settlement?.Parts.Where(p => p.PersonId == stay.PersonId).Sum(p => p.Fen) ?? 0;
        return [LineOf(kind, period, proof, from, at < 0 ? Money.Zero : parts[at] - new Money(before))];
    }

    private MoveOutLine LineOf(FeeKind kind, FeePeriod period, BillProof proof, DateOnly from, Money part) => new(
        kind.Id, kind.LocalName, kind.UnitName, kind.Payer == FeePayer.Room, period.Code, from, _last, proof.Quantity, proof.IsEstimate,
        proof.Charge().Amount.Fen, part.Fen);

    // Without a price nothing is charged, and without readings nothing is open; what else could not be priced is said.
    private IReadOnlyList<MoveOutLine> GapOf(FeeKind kind, FeePeriod period, LeftOutReason? reason) => reason switch
    {
        LeftOutReason.NoArea => [Missing(kind, period.Code, MoveOutGap.NoArea)],
        LeftOutReason.TooHigh => [Missing(kind, period.Code, MoveOutGap.TooHigh)],
        _ => [],
    };

    private MoveOutLine Missing(FeeKind kind, string period, MoveOutGap gap) =>
        new(kind.Id, kind.LocalName, kind.UnitName, kind.Payer == FeePayer.Room, period, _first, _last, 0, false, 0, 0, gap);

    private async Task<DateOnly?> NewestAsync(long kindId, string subject, CancellationToken ct) => await db.Bills.AsNoTracking()
        .Where(b => b.FeeKindId == kindId && b.Subject == subject && b.Kind == BillKind.Regular).OrderByDescending(b => b.Period)
        .Select(b => (DateOnly?)b.PeriodLast).FirstOrDefaultAsync(ct);

    private Task<long> BalanceAsync(string key, CancellationToken ct) =>
        db.LedgerAccounts.AsNoTracking().Where(a => a.Key == key).Select(a => a.BalanceFen).SingleOrDefaultAsync(ct);

    // Credit belongs to all who live there alike; a debt to them by their parts of the newest bills, which are those that are not paid.
    private async Task<(long Balance, int People, long Part)> RoomPartAsync(CancellationToken ct)
    {
        var balance = await BalanceAsync(_roomKey, ct);
        var (from, statements) = (office.At(leaving, default), db.MoveOutStatements);
        var there = await db.Set<Occupancy>().AsNoTracking()
            .Where(o => o.RoomId == stay.RoomId && o.From < from && (o.Until == null || o.Until >= from))
            // Who has settled has had their part.
            .Where(o => !statements.Any(s => s.OccupancyId == o.Id)).Select(o => o.PersonId).ToListAsync(ct);
        List<long> people = [.. there.Append(stay.PersonId).Distinct().Order()];
        if (balance == 0) return (0, people.Count, 0);
        var weights = people.ToDictionary(id => id, _ => balance > 0 ? 1L : 0);
        if (balance < 0) await WeighAsync(weights, -balance, ct);
        if (weights.Values.Sum() == 0) weights = people.ToDictionary(id => id, _ => 1L);
        var parts = Portions.Divide(new Money(balance), [.. people.Select(id => weights[id])]);
        return (balance, people.Count, parts[people.IndexOf(stay.PersonId)].Fen);
    }

    private async Task WeighAsync(Dictionary<long, long> weights, long owed, CancellationToken ct)
    {
        var bills = await db.Bills.AsNoTracking().Include(b => b.Shares).Where(b => b.Subject == _roomKey).OrderByDescending(b => b.Id).Take(NewestBills)
            .ToListAsync(ct);
        foreach (var bill in bills.Where(b => b.Charged > Money.Zero))
        {
            var unpaid = Math.Min(owed, bill.Charged.Fen);
            foreach (var share in bill.Shares.Where(s => s.AmountFen > 0 && weights.ContainsKey(s.PersonId)))
                weights[share.PersonId] += (long)((Int128)share.AmountFen * unpaid / bill.Charged.Fen);
            if ((owed -= unpaid) == 0) return;
        }
    }

    private static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
