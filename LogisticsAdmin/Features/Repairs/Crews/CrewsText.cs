namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>Words about who is on duty, who is absent and who suits a job.</summary>
public sealed class CrewsText;
