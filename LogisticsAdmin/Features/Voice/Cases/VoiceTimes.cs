using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>The clocks of the service levels with the limits of cases. Immutable.</summary>
public sealed class VoiceTimes(ServiceClock clocks, IReadOnlyList<VoiceLevel> levels)
{
    /// <summary>The level in force at a moment; the first one also counts for what was sent before it.</summary>
    public VoiceLevel LevelAt(DateTimeOffset at) =>
        levels.OrderBy(l => l.From).LastOrDefault(l => l.From <= at) ?? levels.OrderBy(l => l.From).FirstOrDefault()
        ?? throw new InvalidOperationException("There are no limits for complaints.");

    /// <summary>The hours in which a limit runs, and its steps wait: the first answer around the clock, settling in the office's hours.</summary>
    public WorkingTime TimeOf(ClockKind clock) => clock == ClockKind.Response ? WorkingTime.RoundTheClock : clocks.Office;

    /// <summary>When a case must be answered for the first time.</summary>
    public DateTimeOffset AnswerDue(DateTimeOffset from, VoiceLevel level) =>
        TimeOf(ClockKind.Response).Add(from, TimeSpan.FromMinutes(level.AnswerMinutes));

    /// <summary>When it must be settled.</summary>
    public DateTimeOffset SettleDue(DateTimeOffset from, VoiceLevel level) =>
        TimeOf(ClockKind.Completion).Add(from, TimeSpan.FromMinutes(level.SettleMinutes));

    internal IEnumerable<(EscalationStep Step, DateTimeOffset At)> Steps(ClockKind clock, DateTimeOffset dueAt, int? taken) =>
        clocks.Steps(clock, TimeOf(clock), dueAt, taken);
}
