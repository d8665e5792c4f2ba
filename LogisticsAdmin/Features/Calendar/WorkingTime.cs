using System.Collections.Concurrent;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>
/// Calculates with the office's working time. Immutable, thread-safe, and independent of the server's time zone. A moment is working time if
/// the office's local time is inside a slot that applies on that day; overlapping slots count once. Results are in UTC.
/// </summary>
/// <remarks>
/// Results are never further away than <see cref="Horizon"/>, even for a calendar that is never open again or a limit of decades. Working
/// periods are computed on demand in blocks of UTC days, with running sums, so that clock changes are handled once and a query is a binary
/// search.
/// </remarks>
public sealed class WorkingTime
{
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(3653);

    /// <summary>All time is working time.</summary>
    public static readonly WorkingTime RoundTheClock = new();

    private readonly OfficeWeek? _week;
    private readonly TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private readonly ConcurrentDictionary<long, Block> _blocks = new();

    private WorkingTime() { }

    /// <summary>Refuses a calendar without a slot in term, because its working time would never advance.</summary>
    public WorkingTime(IEnumerable<OfficeSlot> slots, IEnumerable<CalendarSpan> spans, TimeZoneInfo zone)
    {
        _week = new OfficeWeek(slots, spans);
        _zone = zone;
        if (!_week.HasHours) throw new ArgumentException("A calendar needs a slot in term.", nameof(slots));
    }

    public WorkingTime(IEnumerable<OfficeSlot> slots, IEnumerable<CalendarSpan> spans, OfficeTime office) : this(slots, spans, office.Zone) { }

    /// <summary>The working time between two moments; zero if the second is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var (start, end) = (from.UtcTicks, to.UtcTicks);
        if (end <= start) return TimeSpan.Zero;
        if (_week is null) return new TimeSpan(end - start);
        var (first, last) = (Block.Of(start), Block.Of(end));
        var worked = BlockAt(last).Before(end) - BlockAt(first).Before(start);
        for (var index = first; index < last; index++) worked += BlockAt(index).Total;
        return new TimeSpan(worked);
    }

    /// <summary>
    /// Adds working time: the first moment at which the given working time has passed since <paramref name="from"/>, which is the end of a
    /// slot rather than the start of the next one. Zero returns <paramref name="from"/> itself. A negative value returns the last moment from
    /// which that much working time passes until <paramref name="from"/>.
    /// </summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan working)
    {
        var start = from.UtcTicks;
        if (working == TimeSpan.Zero) return Moment(start);
        var (earliest, latest) = (Math.Max(0, start - Horizon.Ticks), Math.Min(DateTimeOffset.MaxValue.UtcTicks, start + Horizon.Ticks));
        if (_week is null) return Moment((long)Int128.Clamp((Int128)start + working.Ticks, earliest, latest));
        return Moment(working > TimeSpan.Zero
            ? Math.Min(latest, Forward(start, working.Ticks, latest))
            : Math.Max(earliest, Backward(start, working == TimeSpan.MinValue ? long.MaxValue : -working.Ticks, earliest)));
    }

    /// <summary>Whether the office works at all on this day of its own calendar.</summary>
    public bool IsOpenOn(DateOnly day) => _week is null || _week.On(day).Any();

    public bool IsWorking(DateTimeOffset moment) => _week is null || BlockAt(Block.Of(moment.UtcTicks)).Holds(moment.UtcTicks);

    /// <summary>The moment itself if the office is working, else the start of the next slot.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks;
        if (IsWorking(moment)) return Moment(ticks);
        var latest = Math.Min(DateTimeOffset.MaxValue.UtcTicks, ticks + Horizon.Ticks);
        for (var index = Block.Of(ticks); index <= Block.Of(latest); index++)
            if (BlockAt(index).StartAfter(ticks) is { } start) return Moment(Math.Min(start, latest));
        return Moment(latest);
    }

    private long Forward(long start, long left, long latest)
    {
        var index = Block.Of(start);
        var already = BlockAt(index).Before(start);
        for (; index <= Block.Of(latest); index++)
        {
            var block = BlockAt(index);
            if (block.Total - already >= left) return block.WhenReached(already + left);
            left -= block.Total - already;
            already = 0;
        }
        return latest;
    }

    private long Backward(long start, long left, long earliest)
    {
        var index = Block.Of(start);
        var already = BlockAt(index).Before(start);
        while (already < left)
        {
            left -= already;
            if (--index < Block.Of(earliest)) return earliest;
            already = BlockAt(index).Total;
        }
        return BlockAt(index).WhenLeft(already - left);
    }

    private Block BlockAt(long index) => _blocks.GetOrAdd(index, static (i, time) => Block.Build(i, time._week!, time._zone), this);

    private static DateTimeOffset Moment(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    /// <summary>The working periods of 512 UTC days, sorted and disjoint, with the working time in the block before each of them.</summary>
    private sealed class Block(long[] starts, long[] ends, long[] before)
    {
        private const long Length = 512 * TimeSpan.TicksPerDay;

        public long Total { get; } = starts.Length == 0 ? 0 : before[^1] + ends[^1] - starts[^1];

        public static long Of(long ticks) => ticks / Length;

        public long Before(long ticks)
        {
            var at = LastUpTo(starts, ticks);
            return at < 0 ? 0 : before[at] + Math.Min(ticks, ends[at]) - starts[at];
        }

        public bool Holds(long ticks) => LastUpTo(starts, ticks) is >= 0 and var at && ticks < ends[at];

        public long? StartAfter(long ticks) => LastUpTo(starts, ticks) + 1 is var at && at < starts.Length ? starts[at] : null;

        /// <summary>The first moment at which this much was worked; requires more than zero.</summary>
        public long WhenReached(long worked)
        {
            var at = LastUpTo(before, worked - 1);
            return starts[at] + worked - before[at];
        }

        /// <summary>The last moment at which only this much was worked; requires less than the total.</summary>
        public long WhenLeft(long worked)
        {
            var at = LastUpTo(before, worked);
            return starts[at] + worked - before[at];
        }

        public static Block Build(long index, OfficeWeek week, TimeZoneInfo zone)
        {
            List<long> starts = [], ends = [];
            var end = Math.Min((index + 1) * Length, DateTimeOffset.MaxValue.UtcTicks);
            for (var day = index * Length; day < end; day += TimeSpan.TicksPerDay)
            {
                foreach (var (from, until, offset) in Pieces(day, Math.Min(day + TimeSpan.TicksPerDay, end), zone))
                {
                    foreach (var (open, close) in week.Between(from + offset, until + offset))
                    {
                        if (ends.Count > 0 && ends[^1] == open - offset)
                        {
                            ends[^1] = close - offset;
                            continue;
                        }
                        starts.Add(open - offset);
                        ends.Add(close - offset);
                    }
                }
            }
            var before = new long[starts.Count];
            for (var i = 1; i < before.Length; i++) before[i] = before[i - 1] + ends[i - 1] - starts[i - 1];
            return new Block([.. starts], [.. ends], before);
        }

        /// <summary>A UTC day, split in two where the zone's offset changes: within each piece the offset is constant.</summary>
        private static IEnumerable<(long From, long Until, long Offset)> Pieces(long from, long until, TimeZoneInfo zone)
        {
            var (offset, later) = (OffsetAt(from, zone), OffsetAt(until - 1, zone));
            if (offset == later) return [(from, until, offset)];
            var (low, high) = (from, until - 1);
            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                if (OffsetAt(middle, zone) == offset) low = middle;
                else high = middle;
            }
            return [(from, high, offset), (high, until, later)];
        }

        private static long OffsetAt(long utcTicks, TimeZoneInfo zone) => zone.GetUtcOffset(Moment(utcTicks)).Ticks;

        private static int LastUpTo(long[] sorted, long value)
        {
            var at = Array.BinarySearch(sorted, value);
            return at >= 0 ? at : ~at - 1;
        }
    }
}
