using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>What all open dashboards show the same values of. Immutable; every change gives a new one.</summary>
/// <param name="AsOf">The moment of its figures.</param>
/// <param name="Today">The office's day at that moment.</param>
/// <param name="Periods">Today, yesterday, this month, and every other period that somebody looks at.</param>
/// <param name="Crews">The crews that are not retired.</param>
/// <param name="Targets">The targets in force.</param>
/// <param name="HasFailed">Whether the last reading failed, and this is what was known before.</param>
public sealed record BoardSnapshot(
    DateTimeOffset AsOf, DateOnly Today, IReadOnlyDictionary<ReportPeriod, BoardPeriod> Periods, IReadOnlyList<BoardCrew> Crews, TargetBook Targets,
    bool HasFailed);

/// <summary>A period's sections, in the order of the report; of a closed month, as it was closed.</summary>
public sealed record BoardPeriod(ReportPeriod Period, IReadOnlyList<SectionSnapshot> Sections, bool IsClosed);

/// <summary>A crew today: how many open jobs it takes, its technicians, and who of them is absent.</summary>
public sealed record BoardCrew(long Id, LocalName Name, long CentreId, int? Capacity, int Technicians, IReadOnlyList<BoardAbsence> Absent);

/// <summary>A technician who is absent today, until this day.</summary>
public sealed record BoardAbsence(string Name, AbsenceReason Reason, DateOnly Until);

/// <summary>What a resident wrote when rating a ticket.</summary>
public sealed record RatingWords(long Id, string Number, int Stars, string Words, LocalName Place, DateTimeOffset At);
