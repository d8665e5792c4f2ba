using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// The readings of a meter that count, in the order of their days, while readings are added, corrected or taken back. A later reading that is
/// lower than the one before it passed 0. A true reading settles estimates: those that are beyond it no longer count, the others stay, and the
/// usage between true readings is what the counter shows.
/// </summary>
internal sealed class ReadingChain
{
    public const int LongWithoutUsage = 60, Unusual = 10, UsualDays = 92;

    private readonly Meter _meter;
    private readonly List<Slot> _slots;
    private readonly List<(MeterReading Old, Slot? By)> _replaced = [];

    public ReadingChain(Meter meter, IEnumerable<MeterReading> counting)
    {
        _meter = meter;
        _slots = [.. counting.OrderBy(r => r.Day).Select(r => new Slot(r.Day, r.Value, r.Source, r.Key, r.Note) { Stored = r })];
    }

    /// <summary>A meter with its rooms and its readings that count.</summary>
    /// <exception cref="NotFound">There is no such meter.</exception>
    public static async Task<ReadingChain> OfAsync(LogisticsDb db, long meterId, CancellationToken ct)
    {
        var meter = await db.Meters.Include(m => m.Rooms).FirstOrDefaultAsync(m => m.Id == meterId, ct) ?? throw new NotFound();
        return new ReadingChain(meter, await db.MeterReadings.Where(r => r.MeterId == meterId && r.ReplacedAt == null).ToListAsync(ct));
    }

    /// <summary>A reading of the chain; without a stored one it is new.</summary>
    internal sealed record Slot(DateOnly Day, decimal Value, ReadingSource Source, Guid Key, string? Note)
    {
        /// <summary>The stored reading, also after saving.</summary>
        public MeterReading? Stored { get; set; }

        /// <summary>The values that it took the place of: the reading of its day, and estimates.</summary>
        public List<EarlierReading> Replaced { get; init; } = [];

        public bool IsEstimate => Source == ReadingSource.Estimated;
    }

    public Meter Meter => _meter;

    public IReadOnlyList<Slot> Slots => _slots;

    public Slot? At(DateOnly day) => _slots.Find(s => s.Day == day);

    /// <summary>The questions that a true reading of a day raises. A reading of the same day would be replaced by it.</summary>
    public IReadOnlyList<ReadingDoubt> Judge(DateOnly day, decimal value)
    {
        List<ReadingDoubt> doubts = [];
        var before = _slots.FindLast(s => s.Day < day && !s.IsEstimate);
        var after = _slots.Find(s => s.Day > day && !s.IsEstimate);
        var (passes, nextPasses) = (before is not null && value < before.Value, after is not null && after.Value < value);
        var known = Passed(before, day, after);
        var asksRounds = (passes ? 1 : 0) + (nextPasses ? 1 : 0) > known;
        if (before is not null)
        {
            var used = MeterUsage.Forwards(_meter, before.Value, value);
            if (passes && asksRounds) Ask(used <= _meter.RollsOverAt / 10 ? ReadingDoubtKind.RollOver : ReadingDoubtKind.Backwards, used, before);
            if (Usual(day) is { } usual and > 0 && used > usual * Unusual * (day.DayNumber - before.Day.DayNumber)) Ask(ReadingDoubtKind.TooMuch, used, before);
            var since = SameSince(before);
            if (used == 0 && day.DayNumber - since.Day.DayNumber > LongWithoutUsage) Ask(ReadingDoubtKind.NothingUsed, 0, since);
        }
        if (nextPasses && asksRounds) Ask(ReadingDoubtKind.NextLower, MeterUsage.Forwards(_meter, value, after!.Value), after);
        return doubts;

        void Ask(ReadingDoubtKind kind, decimal used, Slot other) => doubts.Add(new ReadingDoubt(kind, used * _meter.Multiplier, other.Value, other.Day));
    }

    /// <summary>The usual usage of a day before this one, in steps of the counter: of the last three months; null with fewer than two true readings.</summary>
    public decimal? Usual(DateOnly day)
    {
        var all = _slots.FindAll(s => s.Day < day && !s.IsEstimate);
        if (all.Count < 2) return null;
        var from = all.FindIndex(s => s.Day.DayNumber >= all[^1].Day.DayNumber - UsualDays);
        if (from == all.Count - 1) from--;
        var used = 0m;
        for (var i = from + 1; i < all.Count; i++) used += MeterUsage.Forwards(_meter, all[i - 1].Value, all[i].Value);
        return used / (all[^1].Day.DayNumber - all[from].Day.DayNumber);
    }

    /// <summary>What the counter will probably show on a day after all readings, by the usual usage; null when that is not known.</summary>
    public decimal? Expected(DateOnly day)
    {
        var last = _slots.FindLast(s => !s.IsEstimate);
        if (last is null || Usual(day) is not { } usual) return null;
        var used = decimal.Round(usual * (day.DayNumber - last.Day.DayNumber), 1);
        // An earlier estimate, made before a correction, may lie beyond it: estimates never run backwards.
        return (last.Value + Math.Max(used, MeterUsage.Forwards(_meter, last.Value, _slots[^1].Value))) % _meter.RollsOverAt;
    }

    /// <summary>
    /// Adds a reading, in the place of one of the same day. Estimates that lie beyond a true one are dropped.
    /// </summary>
    public Slot Put(DateOnly day, decimal value, ReadingSource source, Guid key, string? note)
    {
        var slot = new Slot(day, value, source, key, note);
        if (At(day) is { } same) Drop(same, slot);
        if (!slot.IsEstimate) Settle(slot);
        _slots.Insert(_slots.FindLastIndex(s => s.Day < day) + 1, slot);
        return slot;
    }

    /// <summary>Takes a reading back without a successor; returns whether it still counted.</summary>
    public bool TakeBack(long readingId)
    {
        if (_slots.Find(s => s.Stored?.Id == readingId) is not { } slot) return false;
        Drop(slot, null);
        return true;
    }

    /// <summary>
    /// Stores the changes of chains inside a write. Readings whose passing of 0 changed with the one before them are stored again, so that every
    /// usage stays right.
    /// </summary>
    public static async Task SaveAsync(LogisticsDb db, IReadOnlyCollection<ReadingChain> chains, DateTimeOffset at, long? by, CancellationToken ct)
    {
        List<MeterReading> added = [];
        foreach (var chain in chains) added.AddRange(chain.Renew(at, by));
        var replaced = chains.SelectMany(c => c._replaced).ToList();
        // First without successors: only one reading of a day counts at a time.
        foreach (var (old, _) in replaced)
        {
            if (db.Entry(old).State == EntityState.Detached) db.Attach(old);
            old.Replace(at);
        }
        await db.SaveChangesAsync(ct);
        db.MeterReadings.AddRange(added);
        await db.SaveChangesAsync(ct);
        foreach (var (old, slot) in replaced)
            if (slot is not null) old.Replace(at, slot.Stored!.Id);
        foreach (var chain in chains) chain._replaced.Clear();
        await db.SaveChangesAsync(ct);
    }

    // New rows of the chain, for new slots and for stored ones whose passing of 0 is another now.
    private List<MeterReading> Renew(DateTimeOffset at, long? by)
    {
        List<MeterReading> added = [];
        for (var i = 0; i < _slots.Count; i++)
        {
            var (slot, passes) = (_slots[i], i > 0 && _slots[i].Value < _slots[i - 1].Value);
            if (slot.Stored is { } stored && stored.RolledOver == passes) continue;
            var key = slot.Stored is null ? slot.Key : Guid.NewGuid();
            var row = new MeterReading(_meter.Id, slot.Day, slot.Value, slot.Source, passes, by, at, key, slot.Note);
            if (slot.Stored is { } old)
            {
                if (old.PhotoKey is { } photo) row.Attach(photo);
                _replaced.Add((old, slot));
            }
            slot.Stored = row;
            added.Add(row);
        }
        return added;
    }

    // How often the counter is known to have passed 0 between the true readings around a day.
    private int Passed(Slot? before, DateOnly day, Slot? after)
    {
        if (before is null) return 0;
        if (after is null) return At(day) is { IsEstimate: false, Stored.RolledOver: true } same && same.Value < before.Value ? 1 : 0;
        return At(day) is { IsEstimate: false } between
            ? (between.Value < before.Value ? 1 : 0) + (after.Value < between.Value ? 1 : 0)
            : after.Value < before.Value ? 1 : 0;
    }

    private Slot SameSince(Slot last)
    {
        var since = last;
        for (var i = _slots.IndexOf(last) - 1; i >= 0; i--)
        {
            if (_slots[i].IsEstimate) continue;
            if (_slots[i].Value != last.Value) break;
            since = _slots[i];
        }
        return since;
    }

    private void Settle(Slot slot)
    {
        var before = _slots.FindLast(s => s.Day < slot.Day && !s.IsEstimate);
        var after = _slots.Find(s => s.Day > slot.Day && !s.IsEstimate);
        var used = before is null ? 0 : MeterUsage.Forwards(_meter, before.Value, slot.Value);
        var furthest = after is null ? _meter.RollsOverAt / 2 : MeterUsage.Forwards(_meter, slot.Value, after.Value);
        var passed = 0m;
        foreach (var estimate in _slots.FindAll(s => s.IsEstimate))
        {
            if (estimate.Day < slot.Day && (before is null || estimate.Day > before.Day))
            {
                if (before is null || MeterUsage.Forwards(_meter, before.Value, estimate.Value) > used) Drop(estimate, slot);
            }
            else if (estimate.Day > slot.Day && (after is null || estimate.Day < after.Day))
            {
                var ahead = MeterUsage.Forwards(_meter, slot.Value, estimate.Value);
                if (ahead < passed || ahead > furthest) Drop(estimate, slot);
                else passed = ahead;
            }
        }
    }

    private void Drop(Slot dropped, Slot? by)
    {
        _slots.Remove(dropped);
        by?.Replaced.Add(new EarlierReading(dropped.Day, dropped.Value, dropped.Source, dropped.Note));
        if (dropped.Stored is { } stored) _replaced.Add((stored, by));
    }
}

/// <summary>What a reading took the place of; stored with an import for its undo.</summary>
internal sealed record EarlierReading(DateOnly Day, decimal Value, ReadingSource Source, string? Note);
