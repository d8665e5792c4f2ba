namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>Words of targets: their list, dialog and export.</summary>
public sealed class TargetsText;
