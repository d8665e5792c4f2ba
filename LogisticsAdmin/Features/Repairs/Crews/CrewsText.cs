namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>Resources for duty, absences and the ranking of technicians.</summary>
public sealed class CrewsText;
