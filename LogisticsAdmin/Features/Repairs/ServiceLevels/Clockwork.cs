using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>
/// How limits run: the office's working time, the service levels of all times and the escalation steps. Immutable and shared; the one
/// place that turns limits into moments.
/// </summary>
public sealed class Clockwork
{
    private readonly WorkingTime _office;
    private readonly ILookup<(Urgency, long?), ServiceLevel> _levels;
    private readonly IReadOnlyDictionary<long, long?> _parents;
    private readonly ILookup<ClockKind, EscalationStep> _steps;

    /// <summary>Of each category, the parents name the group it belongs to.</summary>
    public Clockwork(WorkingTime office, IEnumerable<ServiceLevel> levels, IReadOnlyDictionary<long, long?> parents, IEnumerable<EscalationStep> steps)
    {
        (_office, _parents) = (office, parents);
        _levels = levels.OrderBy(l => l.From).ToLookup(l => (l.Urgency, l.CategoryId));
        _steps = steps.OrderBy(s => s.OffsetMinutes).ToLookup(s => s.Clock);
    }

    /// <summary>
    /// The level in force at a moment: the category's own, else its group's, else the urgency's. Before the first there was none yet;
    /// then the first one counts.
    /// </summary>
    public ServiceLevel LevelOf(Urgency urgency, long categoryId, DateTimeOffset at) =>
        At((urgency, categoryId), at)
        ?? (_parents.GetValueOrDefault(categoryId) is { } group ? At((urgency, group), at) : null)
        ?? At((urgency, null), at)
        ?? _levels[(urgency, null)].FirstOrDefault()
        ?? throw new InvalidOperationException($"No service level is known for {urgency}.");

    /// <summary>The time a level is counted in.</summary>
    public WorkingTime TimeOf(ServiceLevel level) => level.RoundTheClock ? WorkingTime.RoundTheClock : _office;

    /// <summary>
    /// When a limit that began at <paramref name="from"/> is reached, leaving out the pauses. While one lasts, the limit stands where it
    /// would be had the work gone on, and <c>Left</c> is the working time that remains; zero when it was passed before.
    /// </summary>
    public static (DateTimeOffset DueAt, TimeSpan? Left) Due(WorkingTime time, DateTimeOffset from, TimeSpan limit, IEnumerable<RepairPause> pauses)
    {
        var left = limit;
        var inOrder = pauses.OrderBy(p => p.From).ToList();
        foreach (var pause in inOrder)
        {
            var worked = time.Between(from, pause.From);
            if (worked >= left) return (time.Add(from, left), inOrder[^1].To is null ? TimeSpan.Zero : null);
            left -= worked;
            if (pause.To is not { } to) return (time.Add(pause.From, left), left);
            from = to;
        }
        return (time.Add(from, left), null);
    }

    /// <summary>The steps of a clock behind the last one that was taken, the earliest first, each with its moment.</summary>
    internal IEnumerable<(EscalationStep Step, DateTimeOffset At)> Steps(ClockKind clock, WorkingTime time, DateTimeOffset dueAt, int? taken) =>
        _steps[clock].Where(s => taken is null || s.OffsetMinutes > taken).Select(s => (s, time.Add(dueAt, TimeSpan.FromMinutes(s.OffsetMinutes))));

    private ServiceLevel? At((Urgency, long?) key, DateTimeOffset at) => _levels[key].LastOrDefault(l => l.From <= at && (l.Until is null || l.Until > at));
}
