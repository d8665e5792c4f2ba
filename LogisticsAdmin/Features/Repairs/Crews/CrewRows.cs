using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>Crews with their technicians, office members, and the absences that are not over.</summary>
public sealed record DutyBoard(IReadOnlyList<CrewOnDuty> Crews, IReadOnlyList<WorkerRow> Office, IReadOnlyList<AbsenceRow> Absences)
{
    public static readonly DutyBoard Empty = new([], [], []);
}

public sealed record CrewOnDuty(long Id, LocalName Name, IReadOnlyList<WorkerRow> Workers)
{
    public int Present => Workers.Count(w => w.Absence is null);
    public int Load => Workers.Sum(w => w.Open);
}

/// <summary>Somebody who works here: their open and overdue tickets, how many they completed today, and their absence today, if any.</summary>
public sealed record WorkerRow(long Id, string Name, string? Phone, int Open, int Overdue, int DoneToday, AbsenceRow? Absence);

public sealed record AbsenceRow(
    long Id, long PersonId, string Person, LocalName? Crew, DateOnly From, DateOnly To, AbsenceReason Reason, long? StandInId, string? StandIn, string? Note)
{
    public bool Covers(DateOnly day) => From <= day && day <= To;
}

/// <summary>Somebody who can be absent or stand in.</summary>
public sealed record StaffChoice(long Id, string Name, LocalName? Crew, bool IsTechnician);
