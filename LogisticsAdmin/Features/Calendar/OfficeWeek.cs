namespace LogisticsAdmin.Features.Calendar;

/// <summary>Working hours in the office's local time: the slots of each weekday and season, and the spans that replace them.</summary>
internal sealed class OfficeWeek
{
    public static readonly IReadOnlyList<DayOfWeek> MondayFirst =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private readonly ILookup<(Season, DayOfWeek), (long From, long To)> _slots;
    private readonly CalendarSpan[] _spans;

    public OfficeWeek(IEnumerable<OfficeSlot> slots, IEnumerable<CalendarSpan> spans)
    {
        _slots = slots.GroupBy(s => (s.Season, s.DayOfWeek)).SelectMany(g => WithoutOverlaps(g).Select(stretch => (g.Key, Stretch: stretch)))
            .ToLookup(x => x.Key, x => x.Stretch);
        // By descending precedence: the first span that covers a day decides it.
        _spans = [.. spans.OrderByDescending(s => CalendarSpan.Weight(s.Kind)).ThenBy(s => s.From)];
    }

    public bool HasHours => Enum.GetValues<DayOfWeek>().Any(day => _slots.Contains((Season.Term, day)));

    /// <summary>Start and end of every slot within these local ticks, clipped to them.</summary>
    public IEnumerable<(long Open, long Close)> Between(long from, long until)
    {
        (from, until) = (Math.Max(0, from), Math.Min(until, DateTime.MaxValue.Ticks));
        for (var day = from / TimeSpan.TicksPerDay; day * TimeSpan.TicksPerDay < until; day++)
        {
            var midnight = day * TimeSpan.TicksPerDay;
            foreach (var slot in On(DateOnly.FromDayNumber((int)day)))
            {
                var (open, close) = (Math.Max(from, midnight + slot.From), Math.Min(until, midnight + slot.To));
                if (open < close) yield return (open, close);
            }
        }
    }

    /// <summary>The span that decides a day, or null.</summary>
    public CalendarSpan? SpanOf(DateOnly day) => Array.Find(_spans, s => s.Covers(day));

    /// <summary>The working periods of a day, in ticks since local midnight.</summary>
    public IEnumerable<(long From, long To)> On(DateOnly day) => SpanOf(day)?.Kind switch
    {
        SpanKind.MakeUpWorkday => _slots[(Season.Term, DayOfWeek.Monday)],
        SpanKind.Holiday => [],
        SpanKind.TermBreak => _slots[(Season.Break, day.DayOfWeek)],
        _ => _slots[(Season.Term, day.DayOfWeek)],
    };

    private static List<(long From, long To)> WithoutOverlaps(IEnumerable<OfficeSlot> slots)
    {
        List<(long From, long To)> apart = [];
        foreach (var slot in slots.OrderBy(s => s.From))
        {
            var (from, to) = (slot.From.Ticks, OfficeSlot.EndOf(slot.To));
            if (apart.Count > 0 && from <= apart[^1].To) apart[^1] = (apart[^1].From, Math.Max(apart[^1].To, to));
            else apart.Add((from, to));
        }
        return apart;
    }
}
