namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What a period of a ticket's life was spent on. The first four count as the office's time, in which the completion clock runs.</summary>
public enum TimeKind
{
    Triage = 1,
    Dispatch = 2,
    Visit = 3,
    Work = 4,
    Parts = 5,
    Resident = 6,
    Others = 7,
}
