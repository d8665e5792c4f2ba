using LogisticsAdmin.Features.Calendar;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>
/// Turns limits into due times: knows the office's working time, all service levels past and present, and the escalation steps.
/// Immutable, so that it can be shared.
/// </summary>
public sealed class ServiceClock
{
    private readonly WorkingTime _office;
    private readonly ILookup<(Urgency, long?), ServiceLevel> _levels;
    private readonly IReadOnlyDictionary<long, long?> _parents;
    private readonly ILookup<ClockKind, EscalationStep> _steps;

    /// <param name="office">The office's working time.</param>
    /// <param name="levels">All levels, ended ones included.</param>
    /// <param name="parents">The group of each category; null for a group.</param>
    /// <param name="steps">The escalation steps.</param>
    public ServiceClock(WorkingTime office, IEnumerable<ServiceLevel> levels, IReadOnlyDictionary<long, long?> parents, IEnumerable<EscalationStep> steps)
    {
        (_office, _parents) = (office, parents);
        _levels = levels.OrderBy(l => l.From).ToLookup(l => (l.Urgency, l.CategoryId));
        _steps = steps.OrderBy(s => s.OffsetMinutes).ToLookup(s => s.Clock);
    }

    /// <summary>
    /// The level in force at a moment: the category's own, else its group's, else the urgency's. The first level also counts for what
    /// was submitted before it.
    /// </summary>
    public ServiceLevel LevelOf(Urgency urgency, long categoryId, DateTimeOffset at) =>
        At((urgency, categoryId), at)
        ?? (_parents.GetValueOrDefault(categoryId) is { } group ? At((urgency, group), at) : null)
        ?? At((urgency, null), at)
        ?? _levels[(urgency, null)].FirstOrDefault()
        ?? throw new InvalidOperationException($"No service level is known for {urgency}.");

    /// <summary>The office's working time.</summary>
    public WorkingTime Office => _office;

    /// <summary>The hours that count towards a level's limits.</summary>
    public WorkingTime TimeOf(ServiceLevel level) => level.RoundTheClock ? WorkingTime.RoundTheClock : _office;

    /// <summary>
    /// When a limit that starts at <paramref name="from"/> is reached, not counting the pauses. During a pause this is when it would be
    /// reached without that pause, and <c>Left</c> is the remaining time: zero when the limit had passed before.
    /// </summary>
    public static (DateTimeOffset DueAt, TimeSpan? Remaining) Due(WorkingTime time, DateTimeOffset from, TimeSpan limit, IEnumerable<ClockPause> pauses)
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

    /// <summary>The steps that follow the last one taken, the earliest first, each with the moment at which it is due.</summary>
    internal IEnumerable<(EscalationStep Step, DateTimeOffset At)> Steps(ClockKind clock, WorkingTime time, DateTimeOffset dueAt, int? taken) =>
        _steps[clock].Where(s => taken is null || s.OffsetMinutes > taken).Select(s => (s, time.Add(dueAt, TimeSpan.FromMinutes(s.OffsetMinutes))));

    private ServiceLevel? At((Urgency, long?) key, DateTimeOffset at) => _levels[key].LastOrDefault(l => l.From <= at && (l.Until is null || l.Until > at));
}
