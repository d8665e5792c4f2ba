namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>Words of service levels, escalation steps and crew leads.</summary>
public sealed class ServiceLevelsText;
