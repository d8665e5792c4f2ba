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
internal sealed class MoveOutFacts(LogisticsDb db, OfficeTime office, OpenStay open, DateOnly leaving)
{
    /// <summary>How many bills are looked at for who owes a room's debt.</summary>
    private const int NewestBills = 60;

    private readonly Occupancy _stay = open.Newest;
    private readonly DateOnly _last = leaving.AddDays(-1);
    private readonly List<MoveOutReading> _readings = [];
    private readonly string _roomKey = LedgerAccount.RoomKey(open.Newest.RoomId), _personKey = LedgerAccount.PersonKey(open.Newest.PersonId);

    public async Task<MoveOutFigures> ReadAsync(CancellationToken ct)
    {
        var lines = await LinesAsync(ct);
        var (balance, people, part) = await RoomPartAsync(ct);
        return new MoveOutFigures(leaving, _readings, lines, balance, people, part, await BalanceAsync(_personKey, ct), await BacksAsync(ct));
    }

    /// <summary>Whether something is not billed yet: days, what meters counted, or a meter that was not read on the day of leaving and has a price.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct)
    {
        if (open.First > _last) return false;
        var unread = (await MetersAsync(ct)).Where(m => m.Closing is null).Select(m => m.KindId).Distinct().ToList();
        if (unread.Count > 0)
        {
            var room = (await BillingFacts.RoomFactsAsync(db, [_stay.RoomId], ct))[_stay.RoomId];
            foreach (var kind in await db.FeeKinds.AsNoTracking().Where(k => unread.Contains(k.Id)).ToListAsync(ct))
            {
                var prices = await PriceFacts.LoadAsync(db, kind, ct);
                if (prices.OfRoom(room, [new PersonDays(_stay.PersonId, 1)], _last, _last).Any(r => r.RateId is not null)) return true;
            }
        }
        return (await LinesAsync(ct)).Any(l => l.AmountFen != 0);
    }

    /// <summary>The meters in use that have to be read on the day of leaving; not those that are billed beyond it.</summary>
    public async Task<IReadOnlyList<MoveOutMeter>> MetersAsync(CancellationToken ct)
    {
        var (readings, billed) = (db.MeterReadings, db.BillMeters);
        var meters =
            from part in db.MeterRooms.AsNoTracking()
            where part.RoomId == _stay.RoomId && part.LastDay == null
            join meter in db.Meters on part.MeterId equals meter.Id
            where meter.RemovedOn == null && meter.InstalledOn <= leaving
                && !billed.Any(b => b.MeterRoomId == part.Id && b.ClosingDay >= leaving)
            join kind in db.FeeKinds on meter.KindId equals kind.Id
            where kind.RetiredAt == null
            orderby kind.Order, meter.Id
            select new
            {
                meter.Id,
                meter.KindId,
                meter.Number,
                Kind = new LocalName(kind.Name, kind.NameEn),
                Closing = readings.Where(r => r.MeterId == meter.Id && r.ReplacedAt == null && r.Day == leaving).Select(r => new { r.Value, r.Source })
                    .FirstOrDefault(),
            };
        return
        [
            .. (await meters.ToListAsync(ct))
                .Select(m => new MoveOutMeter(m.Id, m.KindId, m.Kind, m.Number, m.Closing?.Value, m.Closing?.Source == ReadingSource.Estimated)),
        ];
    }

    private async Task<List<MoveOutLine>> LinesAsync(CancellationToken ct)
    {
        List<MoveOutLine> lines = [];
        if (open.First > _last) return lines;
        var rates = db.FeeRates;
        var priced = db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null && rates.Any(r => r.KindId == k.Id && r.WithdrawnAt == null));
        foreach (var kind in await priced.OrderBy(k => k.Order).ThenBy(k => k.Id).ToListAsync(ct))
            lines.AddRange(kind.IsMetered ? await MeteredAsync(kind, ct) : await FixedAsync(kind, ct));
        return lines;
    }

    // Of bills that reach beyond the stay the part of the days to come, over all days that the person was charged for. A bill that knew the end of the
    // stay charged no such days.
    private async Task<IReadOnlyList<MoveOutBack>> BacksAsync(CancellationToken ct)
    {
        var (kinds, before, me) = (db.FeeKinds, db.GivenBacks, _stay.PersonId);
        var bills = await db.Bills.AsNoTracking().Include(b => b.Shares)
            .Where(b => (b.Subject == _roomKey || b.Subject == _personKey) && b.Last >= leaving && b.Kind != BillKind.Correction
                && kinds.Any(k => k.Id == b.FeeKindId && k.GivesBack && k.Measure != FeeMeasure.Meter)
                && !before.Any(g => g.BillId == b.Id && g.PersonId == me && g.TakenBackAt == null))
            .OrderBy(b => b.FeeKindId).ThenBy(b => b.Id).ToListAsync(ct);
        if (bills.Count == 0) return [];
        List<long> ids = bills.ConvertAll(b => b.Id), ofKinds = bills.ConvertAll(b => b.FeeKindId);
        var corrections = (await db.Bills.AsNoTracking().Include(b => b.Shares).Where(b => b.CorrectsId != null && ids.Contains(b.CorrectsId.Value))
            .ToListAsync(ct)).ToLookup(b => b.CorrectsId!.Value);
        var names = await kinds.AsNoTracking().Where(k => ofKinds.Contains(k.Id)).ToDictionaryAsync(k => k.Id, k => new LocalName(k.Name, k.NameEn), ct);
        var stays = (await BillingFacts.StaysAsync(db, office, o => o.PersonId == me, ct))
            .Select(s => s.MovedOut <= leaving ? s : s with { MovedOut = leaving }).ToList();
        List<MoveOutBack> backs = [];
        foreach (var bill in bills)
        {
            var charged = new Money(corrections[bill.Id].Prepend(bill).SelectMany(b => b.Shares).Where(s => s.PersonId == me).Sum(s => s.AmountFen));
            var ofDays = bill.Shares.Where(s => s.PersonId == me).Sum(s => s.Days);
            var lived = Presence.Of(stays.FindAll(s => bill.RoomId is null || s.RoomId == bill.RoomId), bill.First, bill.Last).TotalDays;
            // An imported charge is of the whole period, also for who moved in during it.
            var first = leaving > bill.First ? leaving : bill.First;
            var toCome = Math.Min(ofDays - lived, bill.Last.DayNumber - first.DayNumber + 1);
            var amount = GivenBack.PartOf(charged, toCome, ofDays);
            if (amount == Money.Zero) continue;
            backs.Add(new MoveOutBack(
                bill.FeeKindId, names[bill.FeeKindId], bill.Id, bill.Number, bill.Period, first, bill.Last, toCome, ofDays, charged.Fen,
                amount.Fen));
        }
        return backs;
    }

    // From the last bill to the reading of the day of leaving, with the quota and steps of the period that is billed next.
    private async Task<IReadOnlyList<MoveOutLine>> MeteredAsync(FeeKind kind, CancellationToken ct)
    {
        var meters = db.Meters;
        if (!await db.MeterRooms.AnyAsync(r => r.RoomId == _stay.RoomId && meters.Any(m => m.Id == r.MeterId && m.KindId == kind.Id), ct)) return [];
        var period = await FeePeriods.AtAsync(db, kind.Cycle, _last, ct);
        if (period is not null && await NewestAsync(kind.Id, _roomKey, ct) is { } newest && newest >= period.First)
            period = await FeePeriods.AtAsync(db, kind.Cycle, newest.AddDays(1), ct);
        if (period is null) return [Missing(kind, "", MoveOutGap.NoPeriod)];
        var (found, _) = await CaseAsync(kind, period, _stay.RoomId, ct);
        if (found.Proof is not { } proof) return GapOf(kind, period, found.Reason);
        _readings.AddRange(proof.Meters.Select(m => new MoveOutReading(
            kind.LocalName, kind.UnitName, m.Number, m.OpeningDay, m.Opening, m.ClosingDay, m.Closing, m.IsEstimate, m.Usage)));
        return LineOf(kind, period, proof);
    }

    // The periods that were not billed to the payer: the one of the last day, and those behind the newest that was billed.
    private async Task<IReadOnlyList<MoveOutLine>> FixedAsync(FeeKind kind, CancellationToken ct)
    {
        var isOfRoom = kind.Payer == FeePayer.Room;
        var own = await NewestAsync(kind.Id, isOfRoom ? _roomKey : _personKey, ct);
        var billed = await db.BillingRuns.AsNoTracking().Where(r => r.KindId == kind.Id && r.State == RunState.Done && !r.IsCorrection)
            .OrderByDescending(r => r.Last).Select(r => (DateOnly?)r.Last).FirstOrDefaultAsync(ct);
        var first = isOfRoom ? open.First : open.FirstAnywhere;
        var periods = (await FeePeriods.OfferedAsync(db, kind.Cycle, _last, ct))
            .Where(p => p.First <= _last && first <= p.Last && (p.Last >= _last || p.First > billed) && (own is null || p.First > own));
        List<MoveOutLine> lines = [];
        foreach (var period in periods.OrderBy(p => p.First))
        {
            var (found, settled) = await CaseAsync(kind, period, isOfRoom ? _stay.RoomId : _stay.PersonId, ct);
            if (found.Proof is not { } proof) lines.AddRange(GapOf(kind, period, found.Reason));
            else if (isOfRoom) lines.AddRange(LineOf(kind, period, proof));
            else lines.Add(LineOf(kind, period, proof, period.First, proof.Charge().Amount - settled));
        }
        return lines;
    }

    private async Task<(BillCase Case, Money Settled)> CaseAsync(FeeKind kind, FeePeriod period, long id, CancellationToken ct)
    {
        var facts = await BillingFacts.LoadAsync(db, office, kind, period, ct, new Leaving(_stay.PersonId, leaving));
        var found = (await facts.ReadAsync([id], ct)).Single();
        // An earlier stay in the same period may be settled.
        var settled = await BillingFacts.SettledAsync(db, kind.Id, [found.Subject], ct);
        return (found, settled.Where(s => s.First <= period.Last && period.First <= s.Last).Sum(s => s.PartOf(period.First, period.Last)));
    }

    // All days of the person that the bill would have, so that none is divided again.
    private IReadOnlyList<MoveOutLine> LineOf(FeeKind kind, FeePeriod period, BillProof proof)
    {
        var from = open.FirstFrom(proof.First);
        if (from > _last) return [];
        var (_, parts) = proof.Divide(proof.Charge().Amount);
        var at = proof.People.ToList().FindIndex(p => p.PersonId == _stay.PersonId);
        var before = proof.Settlement?.Parts.Where(p => p.PersonId == _stay.PersonId).Sum(p => p.Fen) ?? 0;
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
        new(kind.Id, kind.LocalName, kind.UnitName, kind.Payer == FeePayer.Room, period, open.First, _last, 0, false, 0, 0, gap);

    private async Task<DateOnly?> NewestAsync(long kindId, string subject, CancellationToken ct) => await db.Bills.AsNoTracking()
        .Where(b => b.FeeKindId == kindId && b.Subject == subject && b.Kind == BillKind.Regular).OrderByDescending(b => b.Period)
        .Select(b => (DateOnly?)b.PeriodLast).FirstOrDefaultAsync(ct);

    private Task<long> BalanceAsync(string key, CancellationToken ct) =>
        db.LedgerAccounts.AsNoTracking().Where(a => a.Key == key).Select(a => a.BalanceFen).SingleOrDefaultAsync(ct);

    // Credit belongs to all who live there alike; a debt to them by their parts of the newest bills, which are those that are not paid, and the
    // rest of a debt to all alike.
    private async Task<(long Balance, int People, long Part)> RoomPartAsync(CancellationToken ct)
    {
        var balance = await BalanceAsync(_roomKey, ct);
        var (from, until, statements) = (office.At(leaving, default), office.At(office.Today, default), db.MoveOutStatements);
        var stays = await db.Set<Occupancy>().AsNoTracking()
            .Where(o => o.RoomId == _stay.RoomId && o.From < until && (o.Until == null || o.Until >= from))
            .Select(o => new
            {
                o.PersonId,
                WasThere = o.From < from,
                SettledAt = statements
                    .Where(s => s.PersonId == o.PersonId && s.RoomId == o.RoomId && s.OccupancyId >= o.Id && s.TakenBackAt == null).OrderBy(s => s.Id)
                    .Select(s => (DateTimeOffset?)s.SettledAt).FirstOrDefault(),
            }).ToListAsync(ct);
        // Who has settled has had their part.
        var there = stays.FindAll(s => s.SettledAt is null);
        var people = WithLeaver(there.Where(s => s.WasThere).Select(s => s.PersonId));
        if (balance == 0) return (0, people.Count, 0);
        var (used, weighed) = balance < 0 ? await WeighAsync(WithLeaver(there.Select(s => s.PersonId)), -balance, ct) : (0, 0);
        var alike = PartOf(balance + weighed, people);
        if (leaving < office.Today)
        {
            // What came into the account or was owed since is not about who left before.
            var then = WithLeaver(stays.Where(s => s.WasThere && (s.SettledAt is not { } at || office.DayOf(at) > leaving)).Select(s => s.PersonId));
            var before = PartOf(await BalanceOnLeavingAsync(ct), then);
            alike = alike > 0 ? Math.Clamp(before, 0, alike) : Math.Clamp(before, alike, 0);
        }
        return (balance, people.Count, alike - used);
    }

    private List<long> WithLeaver(IEnumerable<long> people) => [.. people.Append(_stay.PersonId).Distinct().Order()];

    private long PartOf(long fen, List<long> people) =>
        Portions.Divide(new Money(fen), [.. people.Select(_ => 1L)])[people.IndexOf(_stay.PersonId)].Fen;

    private async Task<long> BalanceOnLeavingAsync(CancellationToken ct)
    {
        var newest =
            from entry in db.LedgerEntries.AsNoTracking()
            where entry.Account.Key == _roomKey
            join transaction in db.LedgerTransactions on entry.TransactionId equals transaction.Id
            where transaction.Day <= leaving
            orderby entry.Id descending
            select entry.BalanceFen;
        return await newest.FirstOrDefaultAsync(ct);
    }

    /// <summary>What the leaver, and what all of the people together used of the newest bills that make up what the room owes.</summary>
    private async Task<(long Used, long Weighed)> WeighAsync(List<long> people, long owed, CancellationToken ct)
    {
        var bills = await db.Bills.AsNoTracking().Include(b => b.Shares).Where(b => b.Subject == _roomKey).OrderByDescending(b => b.Id).Take(NewestBills)
            .ToListAsync(ct);
        var references = bills.ConvertAll(BillingWork.ReferenceOf);
        var charges =
            from transaction in db.LedgerTransactions.AsNoTracking()
            where references.Contains(transaction.Reference)
            join entry in db.LedgerEntries on transaction.Id equals entry.TransactionId
            where entry.Account.Key == _roomKey
            select new { transaction.Reference, entry.AmountFen };
        var charged = await charges.ToDictionaryAsync(c => c.Reference, c => -c.AmountFen, ct);
        var settled = await db.SettledShares.AsNoTracking().Where(s => s.Subject == _roomKey && s.TakenBackAt == null).ToListAsync(ct);
        var (left, weights) = (owed, people.ToDictionary(id => id, _ => 0L));
        foreach (var bill in bills)
        {
            // Without the parts of those who had settled.
            var onRoom = charged.GetValueOrDefault(BillingWork.ReferenceOf(bill));
            var unpaid = Math.Min(left, onRoom);
            if (unpaid <= 0) continue;
            left -= unpaid;
            foreach (var share in bill.Shares.Where(s => s.AmountFen > 0 && weights.ContainsKey(s.PersonId) && !IsSettled(bill, s.PersonId)))
                weights[share.PersonId] += (long)((Int128)share.AmountFen * unpaid / onRoom);
        }
        var sum = weights.Values.Sum();
        var weighed = Math.Min(owed, sum);
        return sum == 0 ? (0, 0) : ((long)((Int128)weights[_stay.PersonId] * weighed / sum), weighed);

        bool IsSettled(Bill bill, long person) =>
            settled.Exists(s => s.PersonId == person && s.FeeKindId == bill.FeeKindId && s.IsOfStay(bill.First, bill.Last));
    }
}
